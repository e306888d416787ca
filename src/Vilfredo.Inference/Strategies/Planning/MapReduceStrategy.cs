using System.Globalization;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>Questions about texts that are longer than a model's window: notes are taken on each part of the text, merged until they fit, and the question is answered from them (the map-reduce of optillm's LongCePO).</summary>
/// <remarks>
/// Tokens are counted by <see cref="StrategySettings.Tokens"/>. A chat that fits the window is a plain call. The text is found as <see cref="LongContext"/> says; a chat without one is a plain call with a warning.
/// In the last call, notes stand in the text's place; every other turn and content stays. Where it gives nothing, the notes are the answer, with a warning.
/// </remarks>
public sealed class MapReduceStrategy : InferenceStrategy
{
    private readonly int _window;
    private readonly int _chunk;
    private readonly string _mark;
    private readonly StageSettings _notes;
    private readonly PlanningPrompts _prompts;

    /// <summary>A strategy.</summary>
    /// <param name="window">The most input tokens of a call that the text is put into, at least 16. The question and the instructions come on top.</param>
    /// <param name="chunk">The tokens of a part, at least 8 and at most the window.</param>
    /// <param name="mark">What separates the text and the question in the user's turn.</param>
    /// <param name="notes">How notes are asked for; null means the defaults with a temperature of 0.1 and 1024 tokens.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public MapReduceStrategy(int window = 8192, int chunk = 4096, string mark = "<CONTEXT_END>", StageSettings? notes = null, PlanningPrompts? prompts = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 8);
        ArgumentException.ThrowIfNullOrEmpty(mark);
        if (chunk > window)
            throw new ArgumentException($"Parts of {chunk} tokens do not fit a window of {window}; make them at most as large.", nameof(chunk));
        (_window, _chunk, _mark, _notes, _prompts) = (window, chunk, mark, notes ?? new() { Temperature = 0.1, MaximumOutputTokens = 1024 }, prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "map_reduce", "notes on the parts of a long text, merged until they fit, and an answer from them",
        [
            new("window", KnobKind.Integer, "most tokens of the text or notes in one call; shorter chats are a plain call", "8192") { Minimum = 16, Maximum = 10_000_000 },
            new("chunk", KnobKind.Integer, "tokens of a part", "4096") { Minimum = 8, Maximum = 10_000_000 },
            new("mark", KnobKind.Text, "what separates the text and the question in the user's turn; the last blank line without it", "<CONTEXT_END>"), .. StageKnobs.Of("notes", "0.1", "1024"),
        ],
        values => new MapReduceStrategy(values.Integer("window"), values.Integer("chunk"), values.Text("mark")!, StageKnobs.Settings(values, "notes")))
    { Aliases = ["longcepo"], Source = "LongCePO, optillm" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => new(1, null, null);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var counter = run.Settings.Tokens;
        if (counter.Count(run.Messages) <= _window)
            return await PlainAsync(run, cancellation).ConfigureAwait(false);
        if (LongContext.Find(run.Messages, _mark) is not { } context)
        {
            run.Warn($"The chat is longer than {_window} tokens, but no long text could be told from the question; put '{_mark}' between them.");
            return await PlainAsync(run, cancellation).ConfigureAwait(false);
        }

        var parts = TextWindow.Chunks(context.Text, _chunk, counter);
        var mapped = await Task.WhenAll(parts.Select((part, place) => MapAsync(run, context.Question, part, place, parts.Count, cancellation))).ConfigureAwait(false);
        if (mapped.Any(note => note is null))
            run.Warn($"{mapped.Count(note => note is null)} of {parts.Count} parts of the text could not be read.");
        var sources = mapped.OfType<Candidate>().ToList();
        if (sources.Count == 0)
            return await PlainAsync(run, cancellation).ConfigureAwait(false);
        var notes = sources.Where(note => !SaysNothing(note.Shown())).ToList();
        var (merged, after) = await CollapseAsync(run, context.Question, notes, cancellation).ConfigureAwait(false);
        var text = PromptTemplate.Fill(_prompts.NotesInPlace, ("notes", merged.Length > 0 ? merged : "(Nothing in the text bears on the question.)"));
        var request = new CallRequest { Role = CallRole.Final, Messages = context.Replace(run.Messages, text), After = after.Count > 0 ? after : sources };
        return await Stage.FinishAsync(run, request, sources, after.Count > 0 ? after[^1] : null, cancellation).ConfigureAwait(false);
    }

    private static Task<StrategyOutcome> PlainAsync(StrategyRun run, CancellationToken cancellation) => Stage.FinishAsync(run, Stage.Answer(run, null, []), [], null, cancellation);

    private Task<Candidate?> MapAsync(StrategyRun run, string question, string part, int place, int count, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(
            _prompts.Map, ("part", part), ("question", question), ("number", Written(place + 1)), ("count", Written(count)), ("none", _prompts.None));
        return Stage.WriteAsync(run, _notes, prompt, new() { Role = CallRole.Distill, Sibling = place, Messages = [PromptTemplate.Turn(prompt, run.Messages)] }, cancellation);
    }

    // Merges neighbours until all notes fit the window. Each round at least halves their number, or else cuts them.
    private async Task<(string Text, IReadOnlyList<Candidate> Sources)> CollapseAsync(StrategyRun run, string question, List<Candidate> notes, CancellationToken cancellation)
    {
        var counter = run.Settings.Tokens;
        for (var round = 1; notes.Count > 1 && counter.Count(Joined(notes)) > _window; round++)
        {
            var groups = Grouped(notes, counter);
            var merged = await Task.WhenAll(groups.Select(async (group, place) =>
            {
                if (group.Count == 1)
                    return group[0];
                var prompt = PromptTemplate.Fill(_prompts.Collapse, ("notes", Joined(group)), ("question", question));
                return await Stage.WriteAsync(run, _notes, prompt, new() { Role = CallRole.Distill, Round = round, Sibling = place, After = group, Messages = [PromptTemplate.Turn(prompt, run.Messages)] }, cancellation).ConfigureAwait(false);
            })).ConfigureAwait(false);
            var next = merged.OfType<Candidate>().ToList();
            if (next.Count == 0 || next.Count == notes.Count)
                break;
            notes = next;
        }

        var text = Joined(notes);
        if (counter.Count(text) <= _window)
            return (text, notes);
        run.Warn($"The notes on the text are longer than {_window} tokens and are cut off; take a larger window or shorter notes.");
        return (TextWindow.Chunks(text, _window, counter)[0], notes);
    }

    // As many neighbours as fit the window, but at least two where there are two.
    private List<List<Candidate>> Grouped(List<Candidate> notes, ITokenCounter counter)
    {
        var groups = new List<List<Candidate>>();
        foreach (var note in notes)
        {
            if (groups.Count > 0 && (groups[^1].Count < 2 || counter.Count(Joined([.. groups[^1], note])) <= _window))
                groups[^1].Add(note);
            else
                groups.Add([note]);
        }

        return groups;
    }

    private bool SaysNothing(string note) => note.Trim().Trim('.', '"', '*').Equals(_prompts.None, StringComparison.OrdinalIgnoreCase);

    private static string Joined(IEnumerable<Candidate> notes) => string.Join("\n\n", notes.Select(note => note.Shown().Trim()));

    private static string Written(int count) => count.ToString(CultureInfo.InvariantCulture);
}
