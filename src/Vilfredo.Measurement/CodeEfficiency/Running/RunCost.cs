namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>What one timed run of a call cost, as its child process measured it.</summary>
/// <param name="ThreadCpuSeconds">CPU time of the thread that made the call; <see langword="null"/> on systems without such a clock.</param>
/// <param name="ProcessCpuSeconds">CPU time of all threads of the process meanwhile; well above the former when work went to other threads.</param>
/// <param name="WallSeconds">Wall time.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap by that thread; <see langword="null"/> for Python.</param>
public readonly record struct RunCost(double? ThreadCpuSeconds, double ProcessCpuSeconds, double WallSeconds, long? AllocatedBytes);
