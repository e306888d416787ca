namespace Vilfredo.Inference.Calls;

/// <summary>Names of what a call is for, shared by the strategies so that accounts can be added up over them.</summary>
public static class CallRole
{
    /// <summary>An independent attempt at the question.</summary>
    public const string Sample = "sample";

    /// <summary>A judgement of one or more attempts.</summary>
    public const string Judge = "judge";

    /// <summary>A new version of an earlier attempt.</summary>
    public const string Revise = "revise";

    /// <summary>A list of flaws of an earlier attempt.</summary>
    public const string Critique = "critique";

    /// <summary>A digest of several attempts.</summary>
    public const string Distill = "distill";

    /// <summary>A choice among several attempts.</summary>
    public const string Select = "select";

    /// <summary>A plan, observation or principle that later calls work from.</summary>
    public const string Plan = "plan";

    /// <summary>A step of an agent.</summary>
    public const string Step = "step";

    /// <summary>A decision about which model or strategy answers.</summary>
    public const string Route = "route";

    /// <summary>The call whose text is the answer.</summary>
    public const string Final = "final";
}
