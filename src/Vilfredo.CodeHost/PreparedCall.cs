using System.Collections;
using System.Reflection;

namespace Vilfredo.CodeHost;

/// <summary>One run of a call, with all that it needs made and nothing of it done.</summary>
internal sealed class PreparedCall(MethodInvoker method, object? target, object?[] arguments)
{
    /// <summary>Calls the method. A lazy sequence is run through: returning it has cost nothing yet.</summary>
    public object? Invoke()
    {
        var result = method.Invoke(target, arguments.AsSpan());
        return result is IEnumerable and not (string or ICollection) && IsLazy(result.GetType()) ? ((IEnumerable)result).Cast<object?>().ToList() : result;
    }

    private static bool IsLazy(Type type) => !Array.Exists(type.GetInterfaces(), candidate =>
        candidate.IsGenericType && candidate.GetGenericTypeDefinition() is var open && (open == typeof(ICollection<>) || open == typeof(IReadOnlyCollection<>)));
}
