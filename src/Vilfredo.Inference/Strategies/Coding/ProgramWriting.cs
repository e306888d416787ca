using System.Globalization;
using System.Text.RegularExpressions;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Designs the candidates: algorithms, advice, code; and repairs them.</summary>
internal sealed partial class ProgramWriting(StrategyRun run, AlgorithmFirstOptions options, string spec, IReadOnlyList<Candidate> after)
{
    private const double SamplingTemperature = 0.8;

    private string Language => options.Language == SampleLanguage.CSharp ? "C#" : "Python";

    private string Tag => options.Language == SampleLanguage.CSharp ? "csharp" : "python";

    public async Task<IReadOnlyList<WrittenProgram>> WriteAsync(CancellationToken cancellation)
    {
        switch (options.Design)
        {
            case CandidateDesign.Algorithms:
                var (algorithms, designer) = await AlgorithmsAsync(cancellation).ConfigureAwait(false);
                var programs = await Task.WhenAll(algorithms.Select((algorithm, i) => FromAlgorithmAsync(algorithm, i, designer, cancellation))).ConfigureAwait(false);
                return [.. programs.OfType<WrittenProgram>()];
            case CandidateDesign.Programs:
                return await AtOnceAsync(cancellation).ConfigureAwait(false);
            default:
                var count = options.Design == CandidateDesign.Samples ? options.Candidates : 1;
                var temperature = count > 1 ? SamplingTemperature : 0;
                var samples = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
                {
                    var advice = await AdviceAsync("", i, after, cancellation).ConfigureAwait(false);
                    return await CodeAsync("", advice, i, temperature, after, cancellation).ConfigureAwait(false);
                })).ConfigureAwait(false);
                return [.. samples.OfType<WrittenProgram>()];
        }
    }

    public async Task<WrittenProgram?> RepairAsync(WrittenProgram program, string tests, int round, int place, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(options.Prompts.Repair, ("spec", spec), ("code", program.Code.Trim()), ("tests", tests), ("tag", Tag));
        return Read(await run.TryCallAsync(AlgorithmFirstStrategy.Request("repair", prompt, round, place, [program.Call], null), cancellation).ConfigureAwait(false));
    }

    private async Task<(IReadOnlyList<string> Algorithms, Candidate? Designer)> AlgorithmsAsync(CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(options.Prompts.Algorithms, ("spec", spec), ("count", options.Candidates.ToString(CultureInfo.InvariantCulture)));
        (List<string> Found, Candidate? Designer) best = ([], null);
        for (var attempt = 0; attempt < AlgorithmFirstStrategy.Attempts && best.Found.Count < options.Candidates; attempt++)
        {
            var reply = await run.TryCallAsync(AlgorithmFirstStrategy.Request("algorithms", prompt, attempt, 0, after, options.AlgorithmClient), cancellation).ConfigureAwait(false);
            if (reply is null) break;
            var found = AlgorithmBlock().Matches(reply.Text).Select(block => block.Groups["text"].Value.Trim()).Take(options.Candidates).ToList();
            if (found.Count > best.Found.Count) best = (found, reply);
        }

        if (best.Found.Count < options.Candidates)
            run.Warn($"The model designed {best.Found.Count} of {options.Candidates} algorithms in {AlgorithmFirstStrategy.Attempts} attempts.");
        return best.Found.Count > 0 ? best : ([""], null); // straight from the task, rather than nothing
    }

    private async Task<WrittenProgram?> FromAlgorithmAsync(string algorithm, int place, Candidate? designer, CancellationToken cancellation)
    {
        IReadOnlyList<Candidate> parents = designer is null ? after : [designer];
        var advice = await AdviceAsync(algorithm, place, parents, cancellation).ConfigureAwait(false);
        return await CodeAsync(algorithm, advice, place, 0, parents, cancellation).ConfigureAwait(false);
    }

    private async Task<Candidate?> AdviceAsync(string algorithm, int place, IReadOnlyList<Candidate> parents, CancellationToken cancellation)
    {
        if (!options.AsksForAdvice) return null;
        var prompt = PromptTemplate.Fill(options.Prompts.Advice, ("spec", spec), ("algorithm", algorithm), ("language", Language));
        return await run.TryCallAsync(AlgorithmFirstStrategy.Request("advice", prompt, 0, place, parents, options.AlgorithmClient), cancellation).ConfigureAwait(false);
    }

    private async Task<WrittenProgram?> CodeAsync(string algorithm, Candidate? advice, int place, double temperature, IReadOnlyList<Candidate> parents, CancellationToken cancellation)
    {
        var plan = (algorithm.Length > 0 ? $"\n\nUse this algorithm:\n<algorithm>\n{algorithm}\n</algorithm>" : "")
            + (advice is null ? "" : $"\n\nAdvice that may help:\n<advice>\n{advice.Text.Trim()}\n</advice>");
        var prompt = PromptTemplate.Fill(options.Prompts.Code, ("spec", spec), ("plan", plan), ("language", Language), ("tag", Tag));
        var request = AlgorithmFirstStrategy.Request("code", prompt, 0, place, advice is null ? parents : [advice], null) with { Temperature = temperature };
        return Read(await run.TryCallAsync(request, cancellation).ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<WrittenProgram>> AtOnceAsync(CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(
            options.Prompts.Programs, ("spec", spec), ("count", options.Candidates.ToString(CultureInfo.InvariantCulture)), ("language", Language), ("tag", Tag));
        var reply = await run.TryCallAsync(AlgorithmFirstStrategy.Request("code", prompt, 0, 0, after, null), cancellation).ConfigureAwait(false);
        if (reply is null) return [];
        var blocks = CodeBlock().Matches(reply.Text).Select(block => block.Value).Take(options.Candidates).DefaultIfEmpty(reply.Text);
        return [.. blocks.Select(block => new WrittenProgram(ModelAnswer.ExtractCode(block, options.Language), reply))];
    }

    private WrittenProgram? Read(Candidate? reply) =>
        reply is null || reply.IsEmpty ? null : new WrittenProgram(ModelAnswer.ExtractCode(reply.Text, options.Language), reply);

    [GeneratedRegex(@"^```\s*algorithm\s*\d+[^\n]*\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex AlgorithmBlock();

    [GeneratedRegex(@"^```[^\n]*\n.*?(?:^```[ \t]*\r?$|\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
