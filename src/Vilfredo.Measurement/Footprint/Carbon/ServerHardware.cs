namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>A server by its parts, and what making it costs.</summary>
/// <remarks>Factors per part are those of the Boavizta API (2026), from the Green Cloud Computing report of the German environment agency (2021). Transport, use and end of life are not in them.</remarks>
public sealed record ServerHardware
{
    /// <summary>Hours over which the tools spread it unless told otherwise: three years.</summary>
    public const double ThreeYearsHours = 26_280;

    private static readonly HardwareImpact Processor = new(9.14, 0.0204, 156), ProcessorDie = new(0.0197, 5.87e-9, 0.265);
    private static readonly HardwareImpact MemoryModule = new(5.22, 0.00169, 74), FlashDrive = new(6.34, 0.000563, 73.98), MemoryDie = new(2.2, 6.3e-5, 27.3), Disk = new(31.11, 0.00025, 276);
    private static readonly HardwareImpact Board = new(66.1, 0.00369, 836), SupplyKilogram = new(24.3, 0.0083, 352), Case = new(150, 0.0202, 2200), Assembly = new(6.68, 1.41e-6, 68.6);

    /// <summary>Processor packages.</summary>
    public required int Processors { get; init; }

    /// <summary>Die of one processor, mm2.</summary>
    public required double DieSquareMillimetres { get; init; }

    /// <summary>Memory modules.</summary>
    public required int MemoryModules { get; init; }

    /// <summary>Capacity of one module, GB.</summary>
    public required double ModuleGigabytes { get; init; }

    /// <summary>Capacity per area of memory dies, GB per cm2; above 0. It depends on the generation, so there is no default.</summary>
    public required double MemoryDensity { get; init; }

    /// <summary>Flash drives.</summary>
    public int FlashDrives { get; init; }

    /// <summary>Capacity of one flash drive, GB.</summary>
    public double FlashGigabytes { get; init; }

    /// <summary>Capacity per area of flash dies, GB per cm2; needed with flash drives.</summary>
    public double FlashDensity { get; init; }

    /// <summary>Magnetic disks.</summary>
    public int Disks { get; init; }

    /// <summary>Capacity of one magnetic disk, GB; it only divides among tenants.</summary>
    public double DiskGigabytes { get; init; }

    /// <summary>Mass of all power supplies, kg.</summary>
    public double PowerSupplyKilograms { get; init; }

    /// <summary>Making the memory.</summary>
    public HardwareImpact Memory() => Quantity.NotNegative(MemoryModules, nameof(MemoryModules), "modules") * Dies(MemoryModule, ModuleGigabytes, MemoryDensity);

    /// <summary>Making the drives.</summary>
    public HardwareImpact Storage() =>
        (FlashDrives == 0 ? default : Quantity.NotNegative(FlashDrives, nameof(FlashDrives), "drives") * Dies(FlashDrive, FlashGigabytes, FlashDensity))
        + Quantity.NotNegative(Disks, nameof(Disks), "disks") * Disk;

    /// <summary>Making all of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or a density is not above 0.</exception>
    public HardwareImpact Total() => Memory() + Storage() + Rest();

    /// <summary>The share of a tenant: memory and storage by capacity, all else by virtual processors.</summary>
    /// <param name="processorShare">Virtual processors of the tenant over those of the server, 0 to 1.</param>
    /// <param name="memoryGigabytes">Memory of the tenant; at most that of the server.</param>
    /// <param name="storageGigabytes">Storage of the tenant; at most that of the server.</param>
    public HardwareImpact CloudShare(double processorShare, double memoryGigabytes, double storageGigabytes = 0)
    {
        var storage = FlashDrives * FlashGigabytes + Disks * DiskGigabytes;
        return Quantity.Fraction(processorShare, nameof(processorShare), "The processors") * Rest()
            + Quantity.Fraction(memoryGigabytes / (MemoryModules * ModuleGigabytes), nameof(memoryGigabytes), "Of the memory, the tenant's") * Memory()
            + (storageGigabytes == 0 ? default : Quantity.Fraction(storageGigabytes / storage, nameof(storageGigabytes), "Of the storage, the tenant's") * Storage());
    }

    /// <summary>Its greenhouse gases by the hour.</summary>
    /// <param name="lifetimeHours">Hours over which they are spread.</param>
    public EmbodiedCarbon Embodied(double lifetimeHours = ThreeYearsHours) => EmbodiedCarbon.OfMachine(Total().Kilograms, lifetimeHours);

    private static HardwareImpact Dies(HardwareImpact part, double gigabytes, double density) =>
        part + Quantity.NotNegative(gigabytes, nameof(gigabytes), "GB") / Quantity.Positive(density, nameof(density), "GB/cm2") * MemoryDie;

    private HardwareImpact Rest() =>
        Quantity.NotNegative(Processors, nameof(Processors), "processors") * (Processor + Quantity.NotNegative(DieSquareMillimetres, nameof(DieSquareMillimetres), "mm2") * ProcessorDie)
        + Board + Quantity.NotNegative(PowerSupplyKilograms, nameof(PowerSupplyKilograms), "kg") * SupplyKilogram + Case + Assembly;
}
