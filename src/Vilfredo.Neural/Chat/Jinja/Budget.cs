using System.Runtime.CompilerServices;
using System.Text;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>What a template may use up: it comes with a model from elsewhere.</summary>
internal sealed class Budget
{
    private const int MostSteps = 1_000_000;
    private const int MostText = 1 << 24;
    private const int MostDepth = 64;

    private int _steps;
    private int _depth;

    public void Step()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_steps > MostSteps)
            throw new ChatTemplateException($"The chat template takes more than {MostSteps} steps.");
    }

    public static string Check(string text) => text.Length <= MostText ? text : throw new ChatTemplateException($"The chat template writes more than {MostText} characters.");

    public void Write(StringBuilder output, string text)
    {
        Step();
        output.Append(text);
        if (output.Length > MostText)
            throw new ChatTemplateException($"The chat template writes more than {MostText} characters.");
    }

    public T Deeper<T>(Func<T> work)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_depth > MostDepth)
            throw new ChatTemplateException($"The chat template's macros call each other more than {MostDepth} deep.");
        try
        {
            return work();
        }
        finally
        {
            _depth--;
        }
    }
}
