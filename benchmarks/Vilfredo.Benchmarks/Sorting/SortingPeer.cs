using System.Runtime.InteropServices;

namespace Vilfredo.Benchmarks.Sorting;

/// <summary>moocore's <c>pareto_rank</c>, called in this process when VILFREDO_MOOCORE names its shared library.</summary>
internal sealed unsafe class SortingPeer
{
    private const string Variable = "VILFREDO_MOOCORE";
    private readonly delegate* unmanaged[Cdecl]<int*, double*, nuint, byte, void> rank;

    private SortingPeer(nint function) =>
        rank = (delegate* unmanaged[Cdecl]<int*, double*, nuint, byte, void>)function;

    public static SortingPeer? Load()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(path))
        {
            Console.Error.WriteLine($"{Variable} is not set (the path of moocore's shared library): compared with recorded figures instead.");
            return null;
        }

        return new SortingPeer(NativeLibrary.GetExport(NativeLibrary.Load(path), "pareto_rank"));
    }

    public void Rank(double[] points, int objectives, int[] ranks)
    {
        fixed (double* point = points)
        fixed (int* into = ranks)
            rank(into, point, (nuint)ranks.Length, (byte)objectives);
    }
}
