using TorchSharp;
using Vilfredo.Neural.Native;

namespace Vilfredo.Reproductions;

/// <summary>Units that compute with libtorch, one at a time and on one thread, whatever <c>-j</c> says: the number of threads is the process's.</summary>
internal static class OneThread
{
    private static readonly Lock Machine = new();

    /// <summary>Does the work on one thread when no other unit is at it; the number of threads is set back afterwards.</summary>
    public static T Run<T>(Func<T> work)
    {
        lock (Machine)
        {
            Libtorch.Prepare();
            var threads = torch.get_num_threads();
            torch.set_num_threads(1);
            try
            {
                return work();
            }
            finally
            {
                torch.set_num_threads(threads);
            }
        }
    }
}
