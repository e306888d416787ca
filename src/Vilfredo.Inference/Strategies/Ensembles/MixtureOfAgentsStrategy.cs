using System.Globalization;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>Layers of proposers, each reading the layer before, and an aggregator that writes the answer: mixture of agents (Wang et al., arXiv 2406.04692). With a critic it has the form of optillm: proposals, one critique of them, one answer.</summary>
/// <remarks>Empty proposals are left out. Where the aggregator gives nothing, the first proposal of the last layer is the answer; without layers the answer is a plain call of the aggregator.</remarks>
public sealed class MixtureOfAgentsStrategy : InferenceStrategy
{
    private readonly MixtureOptions _options;

    /// <summary>A mixture.</summary>
    /// <param name="options">Null means the defaults.</param>
    public MixtureOfAgentsStrategy(MixtureOptions? options = null) => _options = options ?? new();

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "moa", "layers of proposals, and one answer made of the last layer",
        [
            new("n", KnobKind.Integer, "proposals of a layer; one of each proposer, or 3, when left out", null) { Minimum = 1, Maximum = 1024 },
            new("layers", KnobKind.Integer, "layers of proposals; 0 leaves the aggregator alone", "1") { Minimum = 0, Maximum = 16 },
            new("proposers", KnobKind.Models, "the models that propose, in turn", null), new("aggregator_model", KnobKind.Model, "the model that writes the answer", null),
            new("critique", KnobKind.Flag, "whether the proposals are criticised before the answer is made of them", "false"),
            .. StageKnobs.Of("critic", "0.1", "512"), CommonKnobs.Temperature("0.7"),
        ],
        values => new MixtureOfAgentsStrategy(new()
        {
            Proposals = values.Text("n") is null ? null : values.Integer("n"),
            Layers = values.Integer("layers"),
            Proposers = values.Models("proposers"),
            Aggregator = values.Model("aggregator_model"),
            Critic = values.Flag("critique") ? StageKnobs.Settings(values, "critic") : null,
            Temperature = values.Number("temperature")!.Value,
        }))
    { Aliases = ["mixture_of_agents"], Source = "Wang et al., arXiv 2406.04692; critique: optillm" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var critiques = _options is { Critic: not null, Layers: > 0 } ? 1 : 0;
            return CallPlan.Fixed(_options.Layers * _options.Width + critiques + 1, _options.Layers + critiques + 1);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<Candidate> last = [];
        var all = new List<Candidate>();
        for (var layer = 0; layer < _options.Layers && (layer == 0 || !run.IsOutOfBudget); layer++)
        {
            var requests = Enumerable.Range(0, _options.Width).Select(sibling => Proposal(run, last, layer, sibling)).ToList();
            var proposals = layer == 0 ? await run.SampleAsync(requests, cancellation).ConfigureAwait(false) : await run.CallAllAsync(requests, cancellation).ConfigureAwait(false);
            all.AddRange(proposals);
            if (Stage.Written(proposals) is { Count: > 0 } written)
                last = written;
        }

        var critique = last.Count > 0 && _options.Critic is { } critic
            ? await Stage.WriteAsync(run, critic, Asked(_options.Prompts.Critique, last), new() { Role = CallRole.Critique, After = last }, cancellation).ConfigureAwait(false)
            : null;
        var instruction = last.Count == 0 ? null : critique is null ? Asked(_options.Prompts.Aggregate, last) : Asked(_options.Prompts.AggregateCritique, last, ("critique", critique.Shown()));
        var request = Stage.Answer(run, instruction, critique is null ? last : [.. last, critique]) with { Client = _options.Aggregator };
        return await Stage.FinishAsync(run, request, all, last.FirstOrDefault(), cancellation).ConfigureAwait(false);
    }

    private CallRequest Proposal(StrategyRun run, List<Candidate> before, int layer, int sibling) => new()
    {
        Role = CallRole.Sample,
        Round = layer,
        Sibling = sibling,
        Temperature = _options.Temperature,
        After = before,
        Client = _options.Proposers.Count > 0 ? _options.Proposers[sibling % _options.Proposers.Count] : null,
        Messages = before.Count == 0 ? null : PromptTemplate.Append(run.Messages, Asked(_options.Prompts.Aggregate, before)),
    };

    private static string Asked(string template, List<Candidate> answers, params ReadOnlySpan<(string Name, string Value)> more) => PromptTemplate.Fill(
        template, [("answers", PromptTemplate.Numbered("Answer", answers.Select(answer => answer.Shown()))), ("count", answers.Count.ToString(CultureInfo.InvariantCulture)), .. more]);
}
