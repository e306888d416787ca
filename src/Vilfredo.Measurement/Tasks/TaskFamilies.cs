using Vilfredo.Measurement.Tasks.Families;

namespace Vilfredo.Measurement.Tasks;

/// <summary>The families the project brings, with their default knobs.</summary>
public static class TaskFamilies
{
    /// <summary>All families, in the order in which they are listed to users.</summary>
    public static IReadOnlyList<ITaskFamily> All { get; } =
    [
        new MultiDigitArithmetic(),
        new ModularChain(),
        new ListOperations(),
        new Countdown(),
        new GraphPath(),
        new KnowledgeLookup(),
    ];

    /// <summary>The family of a name, or null.</summary>
    public static ITaskFamily? Find(string name) => All.FirstOrDefault(family => family.Name == name);
}
