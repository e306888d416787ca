using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Profiling;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A decoder that answers requests one at a time, alone or with a simulated queue of others before each of them.</summary>
internal sealed class LocalEndpoint
{
    private const double Utilization = 0.5;
    private const int CompetingPrompt = 16;
    private const int MostCompetingTokens = 32;
    private const int CustomersBefore = 200; // until the queue has forgotten that it began empty

    private readonly TokenGenerator generator;
    private readonly int[] text;
    private RuntimeProfile? load;
    private RandomGenerator? others;

    public LocalEndpoint(Decoder model, RandomGenerator random)
    {
        generator = new TokenGenerator(model);
        text = SumText.Tokens(model.Config.MaxPositionEmbeddings, random);
    }

    /// <summary>The time that requests take.</summary>
    public ProcessorClock Clock { get; } = new();

    /// <summary>
    /// From now on others use the model too. Requests of 1 to 32 tokens arrive at random moments (a Poisson process) and keep it busy half of
    /// the time; they take what the profile says.
    /// </summary>
    public void Load(RuntimeProfile profile, RandomGenerator random) => (load, others) = (profile, random);

    /// <summary>Waits for its turn and generates exactly so many tokens.</summary>
    public ValueTask<GeneratedLengths> CallAsync(int promptTokens, int outputTokens, CancellationToken cancellation)
    {
        if (load is not null) Clock.Wait(WaitBehindOthers());
        var options = new GenerationOptions { MaxTokens = outputTokens, Sampling = SamplingOptions.Greedy };
        var continuation = generator.Generate([text[..promptTokens]], options, new RandomGenerator(1), cancellation)[0];
        return ValueTask.FromResult(new GeneratedLengths(promptTokens, continuation.Tokens.Count));
    }

    /// <summary>The seconds of one request.</summary>
    public async Task<double> TimedAsync(TokenQuery query, CancellationToken cancellation)
    {
        var start = Clock.GetTimestamp();
        await CallAsync(query.PromptTokens, query.OutputTokens, cancellation).ConfigureAwait(false);
        return Clock.GetElapsedTime(start).TotalSeconds;
    }

    // The stationary waiting time of a queue with one server, by Lindley's recursion. A request at any moment finds what a random arrival finds.
    private double WaitBehindOthers()
    {
        var meanGap = load!.Estimate(CompetingPrompt, (MostCompetingTokens + 1) / 2) / Utilization;
        var wait = 0.0;
        for (var i = 0; i < CustomersBefore; i++)
        {
            var service = load.Estimate(CompetingPrompt, 1 + others!.NextInt32(MostCompetingTokens));
            var gap = -meanGap * Math.Log(1 - others.NextDouble());
            wait = Math.Max(0, wait + service - gap);
        }

        return wait;
    }
}
