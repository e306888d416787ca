using Microsoft.Extensions.AI;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Chat;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The model of 0.3 million parameters that comes with the project, on sums of two digits and chains of four and five steps in words.</summary>
internal static class ShippedReasoner
{
    private const string Folder = "models/reasoner-0.3m";
    private const int Batch = 128;

    /// <summary>Opens it.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither the working folder, nor the program's, nor one around them has the model.</exception>
    public static IChatClient Open()
    {
        var folder = Around(Environment.CurrentDirectory).Concat(Around(AppContext.BaseDirectory)).Select(path => Path.Combine(path, Folder)).FirstOrDefault(path => File.Exists(Path.Combine(path, "config.json")))
            ?? throw new DirectoryNotFoundException($"The study needs the project's model '{Folder}'; run it within the project's folder.");
        return new LocalChatClient(LocalModel.Load(folder), ChatTemplate.FromFolder(folder) ?? ChatTemplate.Task, new() { MaximumBatch = Batch, MaxOutputTokens = 200 }, ownsModel: true);
    }

    /// <summary>Test problems of a seed.</summary>
    public static IReadOnlyList<EvaluationProblem> Problems(int count, ulong seed) =>
    [
        .. new GeneratedQuestions(TaskFamilies.Find("arithmetic")!, 2, 2, count / 2, seed, TaskSplit.Test).Generate(),
        .. new GeneratedQuestions(TaskFamilies.Find("chain")!, 4, 5, count - count / 2, seed, TaskSplit.Test).Generate(),
    ];

    private static IEnumerable<string> Around(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
