using System.Globalization;

namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Reads the energy counters of Intel and AMD processors (RAPL) that Linux shows below <c>/sys/class/powercap</c>.</summary>
/// <remarks>
/// Only the package domains are summed: the core and graphics domains lie inside them and would count twice; memory has a
/// model of its own. A counter that went back has wrapped around at the value of <c>max_energy_range_uj</c>; sample often enough that it
/// cannot do so twice, which at 200 W and the usual range of 262 kJ is every 20 minutes.
/// </remarks>
public sealed class RaplMeter : IEnergyMeter
{
    /// <summary>Where Linux shows the counters.</summary>
    public const string DefaultFolder = "/sys/class/powercap";

    private const string PackagePrefix = "package-";
    private const double JoulesPerMicrojoule = 1e-6;

    private readonly List<Counter> counters;
    private readonly FootprintScope scope;

    private RaplMeter(List<Counter> counters, FootprintScope scope) => (this.counters, this.scope) = (counters, scope);

    /// <inheritdoc/>
    public EnergyComponent Component => EnergyComponent.Processor;

    /// <summary>Measured for the machine; the share of a process is an estimate on top of the measurement.</summary>
    public EnergyOrigin Origin => scope == FootprintScope.Machine ? EnergyOrigin.Measured : EnergyOrigin.Estimated;

    /// <inheritdoc/>
    public string Method => scope == FootprintScope.Machine
        ? $"RAPL counters of {counters.Count} package(s), whole machine"
        : $"measured RAPL counters of {counters.Count} package(s) x share of the busy processor time";

    /// <summary>Opens the counters.</summary>
    /// <param name="scope">Whether all energy counts or the processes' share of it.</param>
    /// <param name="folder">Where the counters are.</param>
    /// <param name="problem">Why there are none; empty on success.</param>
    /// <returns>A meter, or <see langword="null"/> when there is no counter that this user may read.</returns>
    public static RaplMeter? TryOpen(FootprintScope scope, string folder, out string problem)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            problem = $"no RAPL counters: {folder} does not exist (usual in virtual machines and outside Linux)";
            return null;
        }

        var counters = new List<Counter>();
        try
        {
            foreach (var domain in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            {
                var name = Path.Combine(domain, "name");
                if (!File.Exists(name) || !File.ReadAllText(name).StartsWith(PackagePrefix, StringComparison.Ordinal)) continue;

                // The same package may be shown by the MSR and the MMIO driver; one of them is enough.
                if (Path.GetFileName(domain).Contains("mmio", StringComparison.Ordinal)) continue;
                counters.Add(new Counter(Path.Combine(domain, "energy_uj"), Number(Path.Combine(domain, "max_energy_range_uj"))));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            problem = $"RAPL counters cannot be read: {error.Message} (since Linux 5.10 only root may, unless a udev rule allows more)";
            return null;
        }

        problem = counters.Count > 0 ? "" : $"no RAPL counters: no package domain below {folder}";
        return counters.Count > 0 ? new RaplMeter(counters, scope) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">A counter cannot be read any more.</exception>
    /// <exception cref="InvalidDataException">A counter went back by more than its range allows.</exception>
    public double Advance(in ActivityInterval interval)
    {
        var joules = 0.0;
        foreach (var counter in counters) joules += counter.Advance() * JoulesPerMicrojoule;
        return joules * interval.Share(scope);
    }

    private static double Number(string file) => double.Parse(File.ReadAllText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    private sealed class Counter(string file, double range)
    {
        private double last = Number(file);

        public double Advance()
        {
            var now = Number(file);
            var used = now - last;
            if (used < 0)
            {
                used += range;
                if (used < 0) throw new InvalidDataException($"{file} fell from {last:F0} to {now:F0}, more than its range of {range:F0}.");
            }

            last = now;
            return used;
        }
    }
}
