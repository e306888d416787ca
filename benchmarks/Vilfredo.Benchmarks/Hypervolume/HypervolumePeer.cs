using System.Runtime.InteropServices;

namespace Vilfredo.Benchmarks.Hypervolumes;

/// <summary>Another library's exact hypervolume, called in this process when an environment variable names its file.</summary>
internal sealed unsafe class HypervolumePeer
{
    private readonly Func<double[], int, double[], double> compute;

    private HypervolumePeer(string name, Func<double[], int, double[], double> compute)
    {
        Name = name;
        this.compute = compute;
    }

    public string Name { get; }

    public double Compute(double[] points, int objectives, double[] reference) => compute(points, objectives, reference);

    /// <summary>The peers that the environment names; says on standard error which are missing.</summary>
    public static IReadOnlyList<HypervolumePeer> Load()
    {
        var peers = new List<HypervolumePeer>();
        if (Find("VILFREDO_MOOCORE", "fpli_hv", "moocore's shared library") is { } moocore)
        {
            var function = (delegate* unmanaged[Cdecl]<double*, nuint, byte, double*, double>)moocore;
            peers.Add(new HypervolumePeer("moocore", (points, objectives, reference) =>
            {
                fixed (double* p = points, r = reference)
                    return function(p, (nuint)(points.Length / objectives), (byte)objectives, r);
            }));
        }

        if (Find("VILFREDO_PAGMO", "pagmo_hypervolume", "the library that pagmo_hypervolume.cpp builds") is { } pagmo)
        {
            var function = (delegate* unmanaged[Cdecl]<double*, nuint, nuint, double*, double>)pagmo;
            peers.Add(new HypervolumePeer("pagmo", (points, objectives, reference) =>
            {
                fixed (double* p = points, r = reference)
                    return function(p, (nuint)(points.Length / objectives), (nuint)objectives, r);
            }));
        }

        return peers;
    }

    private static nint? Find(string variable, string symbol, string what)
    {
        var path = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(path))
        {
            Console.Error.WriteLine($"{variable} is not set (the path of {what}): compared with recorded figures instead.");
            return null;
        }

        return NativeLibrary.GetExport(NativeLibrary.Load(path), symbol);
    }
}
