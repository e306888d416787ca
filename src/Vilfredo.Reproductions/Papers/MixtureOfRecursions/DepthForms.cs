using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Training.Comparison;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The models that the study compares, with the rates and starts that were tuned alike.</summary>
internal static class DepthForms
{
    public static readonly DepthForm
        Vanilla = new("Vanilla", "eight layers of their own", 0.005, 0.1) { IsBaseline = true },
        Reduced = new("Reduced vanilla", "four layers: the parameters of the recursive models, half the operations", 0.005, 0.1) { IsBaseline = true, Layers = 4 },
        Recursive = new("Recursive", "a first layer, two that are passed three times (middle cycle), and a last one; every token takes all", 0.005, 0.1) { IsBaseline = true, Recursion = new() { Recursions = 3 } },
        MiddleSequence = Recursive with { Name = "Recursive, middle sequence", Description = "the same, but each of the two layers is passed three times in a row", Recursion = new() { Recursions = 3, Sharing = LayerSharing.MiddleSequence } },
        Cycle = Recursive with { Name = "Recursive, cycle", Description = "four layers that are passed twice", Recursion = new() { Recursions = 2, Sharing = LayerSharing.Cycle } },
        Sequence = Recursive with { Name = "Recursive, sequence", Description = "four layers that are each passed twice in a row", Recursion = new() { Recursions = 2, Sharing = LayerSharing.Sequence } },
        RecursiveShared = Recursive with { Name = "Recursive, shared keys", Description = "the middle cycle with keys and values of the first recursion", Recursion = new() { Recursions = 3, KeyValues = KeyValueSharing.Shared } },
        Expert = new("MoR, expert choice", "recursions pick their tokens: all, two thirds and one third; the published factor of the gate, 0.1, keys and values of each recursion", 0.005, 0.1) { Recursion = Mixture(new()) },
        ExpertLargeAlpha = new("MoR, expert choice, alpha 1", "the same with the factor 1", 0.005, 0.1) { Recursion = Mixture(new() { Alpha = 1 }) },
        Token = new("MoR, token choice", "tokens pick their number of recursions, balanced by a loss", 0.01, 0.1) { Recursion = Mixture(new() { Choice = RoutingChoice.Token }) },
        MixtureOfDepths = new("Mixture of depths", "expert choice with eight layers of their own, in three blocks that tokens skip", 0.0025, 0.1) { IsBaseline = true, Recursion = new() { Recursions = 3, Sharing = LayerSharing.Separate, Routing = new() } },
        ExpertLonger = Expert with { Name = "MoR, expert choice, equal operations", Description = "expert choice with as many more tokens as give the operations of the vanilla model", SpendsEqualOperations = true },
        ExpertShared = Expert with { Name = "MoR, expert choice, shared keys", Description = "expert choice with keys and values of the first recursion", Recursion = Expert.Recursion! with { KeyValues = KeyValueSharing.Shared } },
        TokenShared = Token with { Name = "MoR, token choice, shared keys", Description = "token choice with keys and values of the first recursion", Recursion = Token.Recursion! with { KeyValues = KeyValueSharing.Shared } },
        RandomPicks = Expert with { Name = "MoR, random picks", Description = "expert choice with as many tokens picked at random", IsBaseline = true, PicksAtRandom = true };

    public static IReadOnlyList<DepthForm> All { get; } =
        [Vanilla, Reduced, Recursive, MiddleSequence, Cycle, Sequence, RecursiveShared, MixtureOfDepths, RandomPicks, Expert, ExpertLargeAlpha, ExpertLonger, ExpertShared, Token, TokenShared];

    /// <summary>The forms that were tuned; the others take the rate and the start of the form that they vary.</summary>
    public static IReadOnlyList<DepthForm> Tuned { get; } = [Vanilla, Reduced, Recursive, Expert, ExpertLargeAlpha, Token, MixtureOfDepths];

    /// <summary>Tries rates in steps of two at the start 0.1 and then starts in steps of two at the best rate, each from half to double 0.005 and 0.1 and on while the best is at the edge.</summary>
    /// <param name="form">The form.</param>
    /// <param name="seed">The seed, which is not reported; 101 chose the numbers above.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public static (RateSweep Rates, RateSweep Starts) Tune(DepthForm form, ulong seed, CancellationToken cancellation)
    {
        var training = DepthTraining.Of(Scale.Full);
        var rates = RateSweep.Run([0.0025, 0.005, 0.01], rate => training.Train(form with { Rate = rate, Range = 0.1 }, seed, cancellation).Loss);
        return (rates, RateSweep.Run([0.05, 0.1, 0.2], start => start == 0.1 ? rates.Trials.Min(trial => trial.Loss) : training.Train(form with { Rate = rates.Best, Range = start }, seed, cancellation).Loss));
    }

    private static RecursionConfig Mixture(DepthRoutingConfig routing) => new() { Recursions = 3, Routing = routing };
}
