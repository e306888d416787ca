namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>Why a run of an evaluation ended.</summary>
public enum EvaluationEnd
{
    /// <summary>Everything is measured.</summary>
    Completed,

    /// <summary>The budget of the whole evaluation is used up.</summary>
    Budget,

    /// <summary>It was interrupted.</summary>
    Interrupted,

    /// <summary>Answers failed one after another.</summary>
    Failures,
}
