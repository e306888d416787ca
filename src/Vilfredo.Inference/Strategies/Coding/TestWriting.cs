using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Writes tests, input first and output second, and judges them.</summary>
internal sealed partial class TestWriting(StrategyRun run, AlgorithmFirstOptions options, string spec, IReadOnlyList<Candidate> after)
{
    /// <summary>How many inputs are asked for when the model could not answer with the number before.</summary>
    private static readonly int[] Fallbacks = [10, 2];

    public async Task<List<SyntheticTest>> WriteAsync(CancellationToken cancellation)
    {
        if (options.TestInputs == 0) return [];
        var (inputs, designer) = await InputsAsync(cancellation).ConfigureAwait(false);
        var outputs = new JsonElement?[inputs.Count];
        for (var round = 0; round < options.TestRounds && !run.IsOutOfBudget; round++)
        {
            int[] open = [.. Enumerable.Range(0, inputs.Count).Where(i => outputs[i] is null)];
            if (open.Length == 0 || (round > 0 && inputs.Count - open.Length >= options.MinimumTests)) break;
            await Task.WhenAll(open.Select(async i =>
            {
                var prompt = PromptTemplate.Fill(options.Prompts.Output, ("spec", spec), ("input", inputs[i].GetRawText()));
                var reply = await AskAsync("output", prompt, round, i, designer is null ? after : [designer], cancellation).ConfigureAwait(false);
                if (reply is not null) outputs[i] = ReadLine(OutputLine(), reply.Text).Select(value => (JsonElement?)value).FirstOrDefault();
            })).ConfigureAwait(false);
        }

        if (outputs.Count(output => output is not null) < options.MinimumTests)
            run.Warn($"Only {outputs.Count(output => output is not null)} tests could be written; {options.MinimumTests} were wanted.");
        return [.. inputs.Zip(outputs).Where(pair => pair.Second is not null).Select(pair => new SyntheticTest(pair.First, pair.Second!.Value))];
    }

    /// <summary>Whether a test agrees with the task; <see langword="null"/> when no reply says so.</summary>
    public async Task<bool?> IsValidAsync(SyntheticTest test, int place, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(options.Prompts.JudgeTest, ("spec", spec), ("input", test.Input.GetRawText()), ("output", test.Expected.GetRawText()));
        for (var attempt = 0; attempt < AlgorithmFirstStrategy.Attempts; attempt++)
        {
            if (await AskAsync("judge_test", prompt, attempt, place, after, cancellation).ConfigureAwait(false) is not { } reply) return null;
            if (SaysYes(reply.Text) is { } verdict) return verdict;
        }

        return null;
    }

    /// <summary>The first word that is yes or no: "not" and "know" are neither.</summary>
    public static bool? SaysYes(string text) => YesOrNo().Match(text) is { Success: true } word ? word.Value.Equals("yes", StringComparison.OrdinalIgnoreCase) : null;

    private async Task<(List<JsonElement> Inputs, Candidate? Designer)> InputsAsync(CancellationToken cancellation)
    {
        var attempt = 0;
        foreach (var count in Fallbacks.Where(count => count < options.TestInputs).Prepend(options.TestInputs))
        {
            var prompt = PromptTemplate.Fill(options.Prompts.Inputs, ("spec", spec), ("count", count.ToString(CultureInfo.InvariantCulture)));
            var reply = await AskAsync("inputs", prompt, attempt++, 0, after, cancellation).ConfigureAwait(false);
            var inputs = reply is null ? [] : ReadLine(InputLine(), reply.Text).Where(input => input.ValueKind == JsonValueKind.Array)
                .DistinctBy(input => input.GetRawText()).Take(count).ToList();
            if (inputs.Count > 0) return (inputs, reply);
            if (run.IsOutOfBudget) break;
        }

        run.Warn("The model designed no inputs for tests that could be read, so candidates are not tested.");
        return ([], null);
    }

    private Task<Candidate?> AskAsync(string role, string prompt, int round, int sibling, IReadOnlyList<Candidate> parents, CancellationToken cancellation) =>
        run.TryCallAsync(AlgorithmFirstStrategy.Request(role, prompt, round, sibling, parents, options.TestClient), cancellation);

    private static IEnumerable<JsonElement> ReadLine(Regex line, string text)
    {
        foreach (Match match in line.Matches(text))
        {
            JsonElement value;
            try
            {
                value = JsonElement.Parse(match.Groups["json"].Value.Trim().Trim('`'));
            }
            catch (JsonException)
            {
                continue;
            }

            yield return value;
        }
    }

    [GeneratedRegex(@"^[\s\-*`]*input:(?<json>.+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex InputLine();

    [GeneratedRegex(@"^[\s\-*`]*output:(?<json>.+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex OutputLine();

    [GeneratedRegex(@"\b(yes|no)\b", RegexOptions.IgnoreCase)]
    private static partial Regex YesOrNo();
}
