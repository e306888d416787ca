namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Running totals of a computer, of which differences are <see cref="Power.ActivityInterval"/>s.</summary>
/// <param name="ProcessCpuSeconds">Processor time of the observed processes so far; never falls.</param>
/// <param name="MachineCpuSeconds">Busy processor time of the machine so far; 0 where the system does not tell.</param>
/// <param name="ResidentBytes">Memory that the observed processes hold now; pages they share count for each of them.</param>
/// <param name="Processes">How many processes are observed now.</param>
public readonly record struct ActivityTotals(double ProcessCpuSeconds, double MachineCpuSeconds, double ResidentBytes, int Processes);
