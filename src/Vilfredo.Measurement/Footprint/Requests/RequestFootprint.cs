using Vilfredo.Measurement.Footprint.Carbon;

namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>The estimated footprint of one call of a served language model, in the form of EcoLogits.</summary>
/// <remarks>
/// Energy = PUE x (server without accelerators + accelerators x energy per token x tokens). Making the server and its accelerators counts for
/// the time of the call over 3 years, divided by the batch. Every number is an estimate; the input's ranges are carried through.
/// </remarks>
public sealed record RequestFootprint
{
    private const double ServerKilowatts = 1.2;
    private const double AcceleratorsPerServer = 8;
    private const double ServerKilograms = 5700;
    private const double AcceleratorKilograms = 164;
    private const double ServerAntimonyKilograms = 0.37;
    private const double AcceleratorAntimonyKilograms = 5.1e-3;
    private const double ServerMegajoules = 70_000;
    private const double AcceleratorMegajoules = 1_828;
    private const double LifetimeSeconds = 3.0 * 365 * 24 * 3600;

    private RequestFootprint()
    {
    }

    /// <summary>Time of generation in seconds.</summary>
    public required AmountRange Seconds { get; init; }

    /// <summary>Accelerators that work on the call.</summary>
    public required AmountRange Accelerators { get; init; }

    /// <summary>Energy of the server, kWh, before PUE.</summary>
    public required AmountRange ServerKilowattHours { get; init; }

    /// <summary>Energy at the meter of the data centre, kWh.</summary>
    public required AmountRange FacilityKilowattHours { get; init; }

    /// <summary>g CO2e of electricity.</summary>
    public required AmountRange OperationalGrams { get; init; }

    /// <summary>g CO2e of the share in making the hardware.</summary>
    public required AmountRange EmbodiedGrams { get; init; }

    /// <summary>kg Sb e of that share: metals and minerals.</summary>
    public required AmountRange EmbodiedAntimonyKilograms { get; init; }

    /// <summary>MJ of primary energy of that share.</summary>
    public required AmountRange EmbodiedMegajoules { get; init; }

    /// <summary>Litres of water; <see langword="null"/> when its factors are unknown.</summary>
    public required AmountRange? WaterLitres { get; init; }

    /// <summary>Every assumption, in words.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Operational and embodied g CO2e.</summary>
    public AmountRange TotalGrams => OperationalGrams.Add(EmbodiedGrams);

    /// <summary>Estimates a call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of the request is out of range.</exception>
    /// <exception cref="ArgumentException">More parameters are active than there are.</exception>
    public static RequestFootprint Estimate(LanguageModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var tokens = Quantity.NotNegative(request.OutputTokens, nameof(request), "tokens");
        var active = request.ActiveBillions;
        var total = request.TotalBillions ?? active;
        if (total.Low < active.Low || total.High < active.High)
            throw new ArgumentException(FormattableString.Invariant($"Of {total.Low} to {total.High} billion parameters, {active.Low} to {active.High} cannot be active."), nameof(request));
        var most = request.MeasuredSeconds is { } measured ? Quantity.NotNegative(measured, nameof(request), "s") : double.PositiveInfinity;
        var low = Of(active.Low, total.Low);
        var high = Of(active.High, total.High);
        AmountRange Range(Func<Values, double> value) => new(value(low), value(high));
        var energy = Range(values => values.ServerKilowattHours);
        var facility = request.Facility;
        double Total(double kilowattHours) => facility.Total(ItEnergy.FromKilowattHours(kilowattHours)).KilowattHours;
        double? Water(double kilowattHours)
        {
            var extra = request.SiteWaterIncludesPue ? Total(kilowattHours) - kilowattHours : 0;
            return facility.Water(ItEnergy.FromKilowattHours(kilowattHours)) + extra * facility.SiteLitresPerKwh;
        }

        return new RequestFootprint
        {
            Seconds = Range(values => values.Seconds),
            Accelerators = Range(values => values.Accelerators),
            ServerKilowattHours = energy,
            FacilityKilowattHours = energy.Map(Total),
            OperationalGrams = energy.Map(value => request.Intensity.Grams(facility.Total(ItEnergy.FromKilowattHours(value)))),
            EmbodiedGrams = Embodied(ServerKilograms, AcceleratorKilograms).Map(kilograms => kilograms * 1000),
            EmbodiedAntimonyKilograms = Embodied(ServerAntimonyKilograms, AcceleratorAntimonyKilograms),
            EmbodiedMegajoules = Embodied(ServerMegajoules, AcceleratorMegajoules),
            WaterLitres = Water(energy.Low) is { } least ? new AmountRange(least, Water(energy.High)!.Value) : null,
            Assumptions =
            [
                "all values are estimates: energy and time per token as EcoLogits (2025) fits them for H100 servers, 16-bit weights",
                FormattableString.Invariant($"batch of {request.Batch:G4} requests; prompt tokens are not counted apart"),
                FormattableString.Invariant($"parameters: {active.Low:G4} to {active.High:G4} billion active of {total.Low:G4} to {total.High:G4}"),
                FormattableString.Invariant($"PUE {facility.Pue:G4}, applied once"),
                $"carbon intensity: {request.Intensity.Description}",
                "hardware: a server of 8 accelerators, 5700 kg CO2e and 164 kg each, over 3 years (EcoLogits; ADPe and primary energy are those of the A100)",
            ],
        };

        Values Of(double activeBillions, double totalBillions)
        {
            var accelerators = TokenModel.Accelerators(totalBillions);
            var seconds = Math.Min(most, tokens * TokenModel.SecondsPerToken(activeBillions, request.Batch));
            var server = ServerKilowatts * accelerators / AcceleratorsPerServer / request.Batch * seconds / 3600;
            return new Values(seconds, accelerators, server + accelerators * tokens * TokenModel.WattHoursPerToken(activeBillions, request.Batch) / 1000);
        }

        AmountRange Embodied(double server, double accelerator) => Range(values =>
            values.Accelerators * (server / AcceleratorsPerServer + accelerator) * values.Seconds / (LifetimeSeconds * request.Batch));
    }

    private sealed record Values(double Seconds, double Accelerators, double ServerKilowattHours);
}
