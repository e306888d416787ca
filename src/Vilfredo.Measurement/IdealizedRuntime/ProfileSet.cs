using System.Diagnostics.CodeAnalysis;

namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>Profiles by the model's name.</summary>
public sealed class ProfileSet
{
    private readonly Dictionary<string, RuntimeProfile> byModel = [];

    /// <summary>Creates the set.</summary>
    /// <param name="profiles">Of different models.</param>
    /// <exception cref="ArgumentException">Two profiles are of one model.</exception>
    public ProfileSet(params IEnumerable<RuntimeProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        foreach (var profile in profiles)
        {
            if (!byModel.TryAdd(profile.Model, profile))
                throw new ArgumentException($"There are two profiles of {profile.Model}; keep those of different hardware in different sets.", nameof(profiles));
        }

        Profiles = [.. byModel.Values];
    }

    /// <summary>The profiles in the order given.</summary>
    public IReadOnlyList<RuntimeProfile> Profiles { get; }

    /// <summary>Finds a model's profile.</summary>
    public bool TryGet(string model, [NotNullWhen(true)] out RuntimeProfile? profile) => byModel.TryGetValue(model, out profile);

    /// <summary>The seconds of a request; <see langword="null"/>, never 0, for a model that has no profile.</summary>
    /// <inheritdoc cref="RuntimeProfile.Estimate"/>
    /// <param name="model">The model's name.</param>
    /// <param name="promptTokens">At least 0.</param>
    /// <param name="outputTokens">At least 0.</param>
    /// <param name="rule">How prompt lengths between the profiled ones are read.</param>
    public double? Estimate(string model, int promptTokens, int outputTokens, PromptRule rule = PromptRule.Interpolate) =>
        TryGet(model, out var profile) ? profile.Estimate(promptTokens, outputTokens, rule) : null;
}
