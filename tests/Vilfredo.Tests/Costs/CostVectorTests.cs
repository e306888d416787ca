using System.Text.Json;
using CsCheck;

namespace Vilfredo.Tests.Costs;

public class CostVectorTests
{
    private static readonly Gen<CostVector> Costs =
        Gen.Select(Gen.Double[0, 1e12].Array[13], Gen.Int[0, (1 << 13) - 1]).Select((values, known) => CostVector.FromValues(
            kind => (known >> (int)kind & 1) == 1 ? values[(int)kind] : null,
            (known >> (int)CostKind.Money & 1) == 1 ? new Money(values[5], "USD") : null));

    [Fact]
    public void Sums_add_and_peaks_take_the_larger_one()
    {
        var first = new CostVector { WallTimeSeconds = 1, PeakMemoryBytes = 100, Parameters = 7, Money = new Money(0.25, "EUR") };
        var second = new CostVector { WallTimeSeconds = 2, PeakMemoryBytes = 50, Parameters = 9, Money = new Money(0.5, "EUR") };
        Assert.Equal(
            new CostVector { WallTimeSeconds = 3, PeakMemoryBytes = 100, Parameters = 9, Money = new Money(0.75, "EUR") },
            first + second);
    }

    [Fact]
    public void What_was_not_measured_is_not_zero()
    {
        var measured = new CostVector { EnergyJoules = 0, Labels = 5 };
        var unmeasured = new CostVector { Labels = 1 };
        Assert.Equal(0, measured.EnergyJoules);
        Assert.Null(unmeasured.EnergyJoules);
        Assert.NotEqual(measured with { EnergyJoules = null }, measured);

        // A whole of which a part was not measured is not known.
        Assert.Equal(new CostVector { Labels = 6 }, measured + unmeasured);

        // A report that does not speak of energy leaves it as it is.
        Assert.Equal(new CostVector { EnergyJoules = 0, Labels = 6 }, measured.AddKnown(unmeasured));
    }

    [Fact]
    public void Both_additions_commute_and_associate() =>
        Gen.Select(Costs, Costs, Costs).Sample((a, b, c) =>
        {
            Assert.Equal(a + b, b + a);
            Assert.Equal(a.AddKnown(b), b.AddKnown(a));
            AssertClose(a + b + c, a + (b + c));
            AssertClose(a.AddKnown(b).AddKnown(c), a.AddKnown(b.AddKnown(c)));
            Assert.Equal(a, a.AddKnown(CostVector.Unknown));
            Assert.Equal(CostVector.Unknown, a + CostVector.Unknown);
        });

    [Fact]
    public void Scaling_leaves_peaks_alone() =>
        Assert.Equal(
            new CostVector { Flops = 30, PeakMemoryBytes = 4, Money = new Money(3, "USD") },
            new CostVector { Flops = 10, PeakMemoryBytes = 4, Money = new Money(1, "USD") } * 3);

    [Fact]
    public void A_sum_of_copies_is_a_multiple() =>
        Costs.Sample(cost => AssertClose(cost * 4, CostVector.Sum([cost, cost, cost, cost])));

    [Fact]
    public void The_sum_of_nothing_is_unknown() => Assert.True(CostVector.Sum([]).IsUnknown);

    [Fact]
    public void Since_undoes_a_report() =>
        Gen.Select(Costs, Costs).Sample((before, added) =>
        {
            var difference = before.AddKnown(added).Since(before);
            foreach (var unit in CostUnit.All)
            {
                if (unit.Combination == CostCombination.Sum && added[unit.Kind] is { } amount)
                    Assert.Equal(amount, difference[unit.Kind]!.Value, 1e-3);
            }
        });

    [Fact]
    public void Readings_in_the_wrong_order_are_refused()
    {
        var later = new CostVector { Labels = 1 };
        Assert.Contains("labels", Assert.Throws<ArgumentException>(() => later.Since(new CostVector { Labels = 2 })).Message);
        Assert.Throws<ArgumentException>(() => later.Since(new CostVector { Money = new Money(1, "USD") }));
    }

    [Fact]
    public void The_indexer_and_the_factory_agree_with_the_properties()
    {
        foreach (var unit in CostUnit.All.Where(unit => unit.Kind != CostKind.Money))
        {
            var cost = CostVector.Of(unit.Kind, 3);
            Assert.Equal(3, cost[unit.Kind]);
            Assert.Single(CostUnit.All, other => cost[other.Kind] is not null);
        }

        Assert.Equal(2, new CostVector { Money = new Money(2, "USD") }[CostKind.Money]);
        Assert.Throws<ArgumentException>(() => CostVector.Of(CostKind.Money, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostVector.Of((CostKind)99, 1));
    }

    [Fact]
    public void Tokens_are_known_when_both_kinds_are()
    {
        Assert.Equal(30, new CostVector { PromptTokens = 10, CompletionTokens = 20 }.Tokens);
        Assert.Null(new CostVector { PromptTokens = 10 }.Tokens);
    }

    [Fact]
    public void Currencies_do_not_mix() =>
        Assert.Contains("convert", Assert.Throws<InvalidOperationException>(
            () => new CostVector { Money = new Money(1, "USD") } + new CostVector { Money = new Money(1, "EUR") }).Message);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Negative_and_infinite_costs_are_refused(double value)
    {
        Assert.Contains("CPU time", Assert.Throws<ArgumentOutOfRangeException>(() => new CostVector { CpuTimeSeconds = value }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(value, "USD"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostVector.Unknown * value);
    }

    [Fact]
    public void Json_round_trips_to_the_last_bit_and_leaves_the_unknown_out()
    {
        Costs.Sample(cost => Assert.Equal(cost, JsonSerializer.Deserialize<CostVector>(JsonSerializer.Serialize(cost))));
        Assert.Equal("{}", JsonSerializer.Serialize(CostVector.Unknown));
        Assert.Equal(
            "{\"wallTimeSeconds\":0.1,\"money\":{\"amount\":2,\"currency\":\"USD\"}}",
            JsonSerializer.Serialize(new CostVector { WallTimeSeconds = 0.1, Money = new Money(2, "USD") }));
    }

    [Fact]
    public void Json_of_an_impossible_cost_is_refused() =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<CostVector>("{\"labels\":-1}"));

    [Fact]
    public void Text_names_what_is_known_in_human_units()
    {
        var cost = new CostVector
        {
            WallTimeSeconds = 0.0153,
            Flops = 1.2e9,
            PromptTokens = 2500,
            Money = new Money(0.0125, "USD"),
            PeakMemoryBytes = 3.4e6,
        };
        Assert.Equal("wall time 15.3 ms, operations 1.2 GFLOP, 2.5k prompt tokens, 0.0125 USD, peak memory 3.4 MB", cost.ToString());
        Assert.Equal("not measured", CostVector.Unknown.ToString());
    }

    [Theory]
    [InlineData(CostKind.WallTime, 0, "0 s")]
    [InlineData(CostKind.WallTime, 1.5e-9, "1.5 ns")]
    [InlineData(CostKind.WallTime, 0.99996, "1 s")]
    [InlineData(CostKind.WallTime, 59.9, "59.9 s")]
    [InlineData(CostKind.WallTime, 59.97, "1 min 00 s")]
    [InlineData(CostKind.WallTime, 61.6, "1 min 02 s")]
    [InlineData(CostKind.WallTime, 3599.8, "1 h 00 min")]
    [InlineData(CostKind.WallTime, 3720, "1 h 02 min")]
    [InlineData(CostKind.Flops, 999.6e9, "1 TFLOP")]
    [InlineData(CostKind.Flops, 12, "12 FLOP")]
    [InlineData(CostKind.PeakMemory, 999, "999 B")]
    [InlineData(CostKind.PeakMemory, 1024, "1.02 kB")]
    [InlineData(CostKind.Energy, 0.0025, "2.5 mJ")]
    [InlineData(CostKind.Carbon, 1500, "1.5 kg CO2e")]
    [InlineData(CostKind.Carbon, 2.5e6, "2.5 t CO2e")]
    [InlineData(CostKind.Parameters, 7.03e9, "7.03B parameters")]
    [InlineData(CostKind.Labels, 12, "12 labels")]
    [InlineData(CostKind.Money, 1234.5, "1234.50")]
    [InlineData(CostKind.Money, 0.00001234, "1.23E-5")]
    public void Human_units(CostKind kind, double value, string expected) => Assert.Equal(expected, CostUnit.Of(kind).Format(value));

    [Fact]
    public void The_table_lists_every_kind_in_order()
    {
        Assert.Equal(Enum.GetValues<CostKind>(), CostUnit.All.Select(unit => unit.Kind));
        Assert.Equal("peak memory [B]", CostUnit.Of(CostKind.PeakMemory).ToObjective().Label);
        Assert.Equal("money [EUR]", CostUnit.Of(CostKind.Money).ToObjective("EUR").Label);
    }

    private static void AssertClose(CostVector expected, CostVector actual)
    {
        foreach (var unit in CostUnit.All)
        {
            Assert.Equal(expected[unit.Kind] is null, actual[unit.Kind] is null);
            if (expected[unit.Kind] is { } value) Assert.Equal(value, actual[unit.Kind]!.Value, 1e-12 * value);
        }
    }
}
