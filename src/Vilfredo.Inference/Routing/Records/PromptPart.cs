namespace Vilfredo.Inference.Routing.Records;

/// <summary>What a prompt is used for.</summary>
public enum PromptPart
{
    /// <summary>The router is trained on it.</summary>
    Training,

    /// <summary>Thresholds are calibrated on it.</summary>
    Calibration,

    /// <summary>The result is judged on it, and on nothing else.</summary>
    Test,
}
