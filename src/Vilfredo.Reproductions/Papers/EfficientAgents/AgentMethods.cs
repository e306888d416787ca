using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Assembly;
using Vilfredo.Inference.Agents.Selection;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What the study runs: the paper's default, its components one at a time, other models, and what is assembled of the components.</summary>
internal static class AgentMethods
{
    public const string Default = "default", Single = "single call", StepWise = "step-wise best-of-4", Small = "small model", Large = "large model", Assembled = "assembled";

    public static IReadOnlyList<StudyComponent<AgentConfiguration>> Components => AgentComponents.All;

    public static IReadOnlyList<ComparedMethod> All { get; } =
    [
        new(Single, "one call without tools", true),
        new(Default, "12 steps, one plan, one source with 10 other wordings, full history, one attempt; the medium model", true),
        new(Small, "the default with the small model", true),
        new(Large, "the default with the large model", true),
        .. from component in Components from option in component.Options select new ComparedMethod(NameOf(component.Name, option.Name), $"the default with {component.Name} {option.Name}", true),
        new(StepWise, "the default with 4 next steps at each step, of which the model picks one", true),
        new(Assembled, "each component's cheapest pass within 2 points of the default's accuracy, chosen on one half of the questions and measured on the other"),
    ];

    public static string NameOf(string component, string option) => $"{component}: {option}";

    /// <summary>The configuration of a method that has one beforehand.</summary>
    public static AgentConfiguration ConfigurationOf(string method) => method switch
    {
        Default or Small or Large => AgentConfiguration.PaperDefault,
        Single => new(),
        StepWise => AgentConfiguration.PaperDefault with { Attempts = 4, Selection = TrajectorySearch.StepWise },
        _ => (from component in Components from option in component.Options where NameOf(component.Name, option.Name) == method select option).Single().Apply(AgentConfiguration.PaperDefault),
    };

    public static SimulatedSkill SkillOf(string method) => method switch { Small => SimulatedSkill.Small, Large => SimulatedSkill.Large, _ => SimulatedSkill.Medium };
}
