namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>What a written program is improved by.</summary>
public enum CodeImprovement
{
    /// <summary>Not at all: the first program is the answer.</summary>
    None,

    /// <summary>One call a round asks for a faster program: generate, then optimize.</summary>
    Optimize,

    /// <summary>Two calls a round: remarks on its efficiency in words, then a program that takes them up (after ECCO's refinement in natural language).</summary>
    Reflect,

    /// <summary>The program runs on self-made tests, and one call a round sees what each took (after Effi-Learner).</summary>
    Profile,

    /// <summary>The program runs on self-made tests, and one call a round sees those that it fails: self-refinement with execution feedback.</summary>
    Tests,
}
