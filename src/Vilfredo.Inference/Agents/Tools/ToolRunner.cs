using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>Runs the tools that a response asks for, a bounded number at once. Whatever goes wrong in a tool is told the model; only cancelling ends the answer.</summary>
internal sealed class ToolRunner(StrategyRun run, AgentConfiguration configuration, IReadOnlyList<AIFunction> tools) : IDisposable
{
    // Places of calls of one attempt within a step; those of the next attempt come after.
    private const int PlacesOfAttempt = 64;

    private readonly SemaphoreSlim _slots = new(configuration.ParallelTools);

    public async Task<(IReadOnlyList<ToolResult> Results, IReadOnlyList<Candidate> Made)> RunAsync(IReadOnlyList<FunctionCallContent> calls, Candidate asked, int step, int attempt, CancellationToken cancellation)
    {
        var contexts = calls.Select((_, place) => new ToolCallContext(run, step, (attempt * PlacesOfAttempt) + place, asked)).ToList();
        var results = await Task.WhenAll(calls.Zip(contexts, (call, context) => RunAsync(call, context, cancellation))).ConfigureAwait(false);
        return (results, [.. contexts.SelectMany(context => context.Made)]);
    }

    public void Dispose() => _slots.Dispose();

    private async Task<ToolResult> RunAsync(FunctionCallContent call, ToolCallContext context, CancellationToken cancellation)
    {
        if (call.Exception is { } malformed)
            return Failure(call, $"The arguments of '{call.Name}' are malformed: {malformed.Message} Write them as one JSON object.");
        if (tools.FirstOrDefault(tool => tool.Name == call.Name) is not { } tool)
            return Failure(call, tools.Count == 0 ? "There are no tools." : $"There is no tool '{call.Name}'; there are: {string.Join(", ", tools.Select(one => one.Name))}.");

        await _slots.WaitAsync(cancellation).ConfigureAwait(false);
        var limit = configuration.ToolTimeout;
        if (run.Ledger.TimeLeft is { } left && left < limit)
            limit = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        using var late = new CancellationTokenSource(limit, run.Settings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            // A strategy that is asked inside a tool is inside this answer's budget.
            using var entered = run.Enter();
            var arguments = new AIFunctionArguments(call.Arguments ?? new Dictionary<string, object?>())
            {
                Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = context },
            };
            // A tool that does not look at its token is left behind.
            var result = await tool.InvokeAsync(arguments, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            return new(call, Cut(TextOf(result), configuration.ObservationLength), false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Failure(call, string.Create(CultureInfo.InvariantCulture, $"'{call.Name}' did not answer within {limit.TotalSeconds:0.##} s."));
        }
        catch (Exception error)
        {
            return Failure(call, $"'{call.Name}' failed: {error.Message}");
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>The head and the tail of a text that is too long, with what is left out between them.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var (head, tail) = (most * 3 / 4, most / 4);
        return string.Create(CultureInfo.InvariantCulture, $"{text[..head]}\n[... {text.Length - head - tail} characters left out ...]\n{text[^tail..]}");
    }

    private ToolResult Failure(FunctionCallContent call, string message) => new(call, Cut(message, configuration.ObservationLength), true);

    private static string TextOf(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        TextContent content => content.Text,
        IEnumerable<AIContent> contents => string.Concat(contents.OfType<TextContent>().Select(content => content.Text)),
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions),
    };
}
