namespace Vilfredo.Inference.Agents;

/// <summary>What calls of an agent are for, beside the roles of <see cref="Calls.CallRole"/>.</summary>
public static class AgentRoles
{
    /// <summary>A digest of a step, or the notes that are written anew after each.</summary>
    public const string Memory = "memory";

    /// <summary>The embedding of a digest.</summary>
    public const string Embed = "embed";

    /// <summary>Other wordings of a search.</summary>
    public const string Rewrite = "rewrite";

    /// <summary>A look back at a step that was judged badly.</summary>
    public const string Reflect = "reflect";

    /// <summary>An agent that another agent has given a task.</summary>
    public const string Delegate = "delegate";
}
