using Vilfredo.ReferenceDirections;

namespace Vilfredo.Tests.ReferenceDirections;

public class RieszEnergyDirectionsTests
{
    [Theory]
    [InlineData(2, 10)]
    [InlineData(3, 50)]
    [InlineData(7, 40)]
    public void Directions_are_on_the_simplex_and_start_with_its_corners(int objectives, int count)
    {
        var rows = Create(objectives, count, 1, iterations: 50).Chunk(objectives).ToArray();
        Assert.Equal(count, rows.Length);
        Assert.All(rows, r => Assert.Equal(1, r.Sum(), 1e-12));
        Assert.All(rows, r => Assert.All(r, x => Assert.InRange(x, 0, 1)));
        for (var j = 0; j < objectives; j++) Assert.Equal(1, rows[j][j]);
    }

    [Fact]
    public void Two_objectives_come_out_nearly_equally_spaced()
    {
        var first = Create(2, 11, 3).Chunk(2).Select(r => r[0]).Order().ToArray();
        for (var i = 0; i < 11; i++) Assert.Equal(i / 10.0, first[i], 0.01);
    }

    [Theory]
    [InlineData(3, 12, 0.8)]
    [InlineData(4, 5, 0.7)]
    public void The_closest_pair_is_nearly_as_far_apart_as_on_the_lattice(int objectives, int divisions, double share)
    {
        var lattice = DasDennisDirections.Create(objectives, divisions);
        var directions = Create(objectives, lattice.Length / objectives, 5, iterations: 200);
        Assert.True(Closest(directions, objectives) > share * Closest(lattice, objectives));
    }

    [Fact]
    public void More_steps_never_raise_the_energy_and_a_seed_gives_the_same_directions()
    {
        var energies = new[] { 0, 10, 50, 100 }
            .Select(n => RieszEnergyDirections.LogEnergy(Create(3, 40, 2, n), 3)).ToArray();
        for (var i = 1; i < energies.Length; i++) Assert.True(energies[i] <= energies[i - 1]);
        Assert.True(energies[^1] < energies[0] - 0.5);
        Assert.Equal(
            Create(3, 40, 2, 10), Create(3, 40, 2, 10));
    }

    [Fact]
    public void The_energy_of_two_directions_is_their_distance_to_the_power_of_minus_m_squared()
    {
        Assert.Equal(-4 * Math.Log(Math.Sqrt(2)), RieszEnergyDirections.LogEnergy([1, 0, 0, 1], 2), 1e-14);
        Assert.Equal(double.PositiveInfinity, RieszEnergyDirections.LogEnergy([1, 0, 1, 0], 2));
        Assert.Equal(double.NegativeInfinity, RieszEnergyDirections.LogEnergy([1, 0], 2));
    }

    [Fact]
    public void As_many_directions_as_objectives_are_the_corners()
    {
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], Create(3, 3, 1));
    }

    [Fact]
    public void Bad_arguments_are_refused_and_work_can_be_stopped()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(1, 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(3, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(3, 5, 1, -1));
        Assert.Throws<ArgumentNullException>(() => RieszEnergyDirections.Create(3, 5, null!, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<OperationCanceledException>(
            () => RieszEnergyDirections.Create(3, 5, new RandomGenerator(1), cancellationToken: new CancellationToken(true)));
    }

    private static double[] Create(int objectives, int count, ulong seed, int iterations = RieszEnergyDirections.DefaultIterations) =>
        RieszEnergyDirections.Create(objectives, count, new RandomGenerator(seed), iterations, TestContext.Current.CancellationToken);

    private static double Closest(double[] directions, int objectives)
    {
        var rows = directions.Chunk(objectives).ToArray();
        return rows.SelectMany((a, i) => rows.Take(i).Select(b => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()))).Min();
    }
}
