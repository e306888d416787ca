namespace Vilfredo.Studies;

/// <summary>Reads a sampler's options and refuses values that make no sense, under the sampler's own name.</summary>
internal static class SamplerOptions
{
    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    /// <exception cref="ArgumentException">The value is not one.</exception>
    public static int Count(SamplerDefinition sampler, string option, int otherwise, int least = 1)
    {
        var value = sampler.Options.GetValueOrDefault(option, otherwise);
        return value >= least && value <= 1e6 && Math.Floor(value) == value
            ? (int)value
            : throw new ArgumentException(FormattableString.Invariant($"The option '{option}' of {sampler.Name} must be a whole number of at least {least}, not {value}."));
    }

    /// <summary>A number of at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
    /// <exception cref="ArgumentException">The value is outside.</exception>
    public static double Number(SamplerDefinition sampler, string option, double otherwise, double least, double most)
    {
        var value = sampler.Options.GetValueOrDefault(option, otherwise);
        return value >= least && value <= most
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"The option '{option}' of {sampler.Name} must be a number from {least} to {most}, not {value}."));
    }

    /// <summary>A switch: 0 or 1.</summary>
    /// <exception cref="ArgumentException">The value is neither.</exception>
    public static bool Switch(SamplerDefinition sampler, string option, bool otherwise)
    {
        var value = sampler.Options.GetValueOrDefault(option, otherwise ? 1 : 0);
        return value is 0 or 1
            ? value == 1
            : throw new ArgumentException(FormattableString.Invariant($"The option '{option}' of {sampler.Name} must be 0 (off) or 1 (on), not {value}."));
    }

    /// <summary>One of several words.</summary>
    /// <exception cref="ArgumentException">The word is none of them.</exception>
    public static T Choice<T>(SamplerDefinition sampler, string option, T otherwise, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (!sampler.Choices.TryGetValue(option, out var word)) return otherwise;
        foreach (var choice in choices)
        {
            if (choice.Word == word) return choice.Value;
        }

        var words = new List<string>();
        foreach (var choice in choices) words.Add(choice.Word);
        throw new ArgumentException($"The option '{option}' of {sampler.Name} must be one of {string.Join(", ", words)}, not '{word}'.");
    }
}
