using System.Runtime.CompilerServices;
using Vilfredo.Neural.Native;

namespace Vilfredo.Neural.Tests;

internal static class NativeSetup
{
    /// <summary>A test may be the first to use TorchSharp, and touch no type of ours before.</summary>
    [ModuleInitializer]
    public static void Prepare() => Libtorch.Prepare();
}
