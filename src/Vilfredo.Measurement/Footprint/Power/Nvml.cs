using System.Runtime.InteropServices;

namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>The calls of NVIDIA's management library (nvml.h) that read energy; the library comes with the driver.</summary>
internal sealed unsafe class Nvml
{
    private const int Success = 0;
    private readonly delegate* unmanaged<uint, nint*, int> handleByIndex;
    private readonly delegate* unmanaged<nint, ulong*, int> totalEnergy;

    private Nvml(nint library, int devices)
    {
        handleByIndex = (delegate* unmanaged<uint, nint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetHandleByIndex_v2");
        totalEnergy = (delegate* unmanaged<nint, ulong*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetTotalEnergyConsumption");
        Devices = devices;
    }

    /// <summary>How many devices there are.</summary>
    public int Devices { get; }

    /// <summary>Loads the library and counts the devices; the library stays loaded.</summary>
    public static Nvml? TryOpen(out string problem)
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out var library))
        {
            problem = "no NVML: NVIDIA's driver library is not on this machine; energy of accelerators is not counted";
            return null;
        }

        uint count = 0;
        var code = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "nvmlInit_v2"))();
        if (code == Success) code = ((delegate* unmanaged<uint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetCount_v2"))(&count);
        problem = code != Success ? $"NVML cannot be used: error {code}" : count == 0 ? "NVML finds no device" : "";
        return problem.Length == 0 ? new Nvml(library, (int)count) : null;
    }

    /// <summary>What a device has used since its driver was loaded.</summary>
    /// <exception cref="IOException">The device has no counter or is gone.</exception>
    public ulong Millijoules(int device)
    {
        nint handle;
        ulong energy = 0;
        var code = handleByIndex((uint)device, &handle);
        if (code == Success) code = totalEnergy(handle, &energy);
        return code == Success ? energy : throw new IOException($"NVML cannot read the energy counter of device {device}: error {code} (devices before Volta have none)");
    }
}
