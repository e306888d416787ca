using System.Text;

namespace Vilfredo.Reproductions;

/// <summary>What a unit gets to run with: who it is, and its random streams, which are the same on every machine.</summary>
public sealed class UnitContext
{
    /// <summary>Creates the context of a unit.</summary>
    public UnitContext(RunUnit unit, Scale scale, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(unit);
        (Unit, Scale, Cancellation) = (unit, scale, cancellation);
    }

    /// <summary>The unit.</summary>
    public RunUnit Unit { get; }

    /// <summary>The scale of the run.</summary>
    public Scale Scale { get; }

    /// <summary>Cancelled when the run shall end; a unit that takes seconds looks at it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>A new generator that all methods and settings of the seed share: the problem and its data.</summary>
    /// <param name="purpose">Different purposes get independent generators.</param>
    public RandomGenerator Shared(string purpose) => Generator("shared", purpose);

    /// <summary>A new generator that all methods of the seed and setting share.</summary>
    /// <inheritdoc cref="Shared"/>
    public RandomGenerator SharedBySetting(string purpose) => Generator("setting", purpose, Unit.Setting);

    /// <summary>A new generator that no other unit has.</summary>
    /// <inheritdoc cref="Shared"/>
    public RandomGenerator Own(string purpose) => Generator("own", purpose, Unit.Setting, Unit.Method);

    private RandomGenerator Generator(params ReadOnlySpan<string> words) => new((ulong)Unit.Seed, StableHash(words));

    /// <summary>FNV-1a (64 bits) over the words in UTF-8, each ended by a zero byte; string.GetHashCode differs from process to process.</summary>
    internal static ulong StableHash(params ReadOnlySpan<string> words)
    {
        var hash = 14695981039346656037UL;
        foreach (var word in words)
        {
            foreach (var value in Encoding.UTF8.GetBytes(word + '\0')) hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }
}
