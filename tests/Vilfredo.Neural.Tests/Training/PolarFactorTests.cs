using TorchSharp;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class PolarFactorTests
{
    private readonly RandomGenerator _random = new(1);

    [Theory]
    [InlineData(4, 7)]
    [InlineData(7, 4)]
    [InlineData(5, 5)]
    public void All_singular_values_become_one_and_the_inner_product_is_the_nuclear_norm(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix(rows, columns);
        var factor = PolarFactor.Of(matrix);
        Assert.All(linalg.svdvals(factor).data<double>().ToArray(), value => Assert.Equal(1, value, 1e-10));
        Assert.Equal(SpectralNorm.Nuclear(matrix).item<double>(), (matrix * factor).sum().item<double>(), 1e-10);
        // Steepest descent under the spectral norm: no other direction of norm 1 has a larger inner product.
        for (var i = 0; i < 20; i++)
        {
            var other = Matrix(rows, columns);
            Assert.True((matrix * (other / linalg.norm(other, ord: 2, dims: [0, 1]))).sum().item<double>() <= SpectralNorm.Nuclear(matrix).item<double>());
        }
    }

    [Fact]
    public void A_rotation_is_its_own_factor_and_the_scale_is_lost()
    {
        using var scope = NewDisposeScope();
        var (rotation, _) = linalg.qr(Matrix(5, 5));
        Assert.True(PolarFactor.Of(rotation * 3).allclose(rotation, 1e-10, 1e-10));
        Assert.True(PolarFactor.Of(stack([rotation, rotation * 9])).allclose(stack([rotation, rotation]), 1e-10, 1e-10));
    }

    [Fact]
    public void Directions_that_a_matrix_lacks_stay_zero()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, PolarFactor.Of(zeros(3, 2)).abs().sum().item<float>());
        var (left, right) = (Matrix(6, 1), Matrix(1, 4));
        var factor = PolarFactor.Of(left.matmul(right));
        Assert.True(factor.allclose(left.matmul(right) / (left.norm() * right.norm()), 1e-10, 1e-10));
        Assert.Throws<ArgumentException>(() => PolarFactor.Of(zeros(3)));
    }

    [Fact]
    public void An_exact_step_of_Muon_has_the_spectral_norm_of_its_rate()
    {
        using var scope = NewDisposeScope();
        var weight = zeros(6, 4, dtype: ScalarType.Float64, requires_grad: true);
        using var muon = new Muon(OptimizerTests.Group(weight, 0.1), new() { IsExact = true, Scale = MuonScale.None });
        var gradient = Matrix(6, 4);
        OptimizerTests.Step(muon, weight, gradient.reshape(-1).data<double>().ToArray());
        Assert.True(weight.detach().allclose(-0.1 * PolarFactor.Of(gradient), 1e-10, 1e-12));
        Assert.Equal(0.1, linalg.norm(weight.detach(), ord: 2, dims: [0, 1]).item<double>(), 1e-10);
    }

    [Fact]
    public void With_weight_decay_the_spectral_norm_of_a_weight_stays_bounded_against_gradients_that_never_turn()
    {
        using var scope = NewDisposeScope();
        var weight = (Matrix(4, 4) * 0.1).requires_grad_();
        using var muon = new Muon(OptimizerTests.Group(weight, 0.5, 0.5), new() { Scale = MuonScale.None });
        var gradient = Matrix(4, 4).reshape(-1).data<double>().ToArray();
        for (var i = 0; i < 60; i++)
        {
            OptimizerTests.Step(muon, weight, gradient);
            Assert.InRange(linalg.norm(weight.detach(), ord: 2, dims: [0, 1]).item<double>(), 0, 1.2025 / 0.5);
        }

        Assert.InRange(linalg.norm(weight.detach(), ord: 2, dims: [0, 1]).item<double>(), 0.68 / 0.5, 1.2025 / 0.5);
    }

    private Tensor Matrix(int rows, int columns) =>
        tensor(Enumerable.Range(0, rows * columns).Select(_ => _random.NextNormal()).ToArray()).view(rows, columns);
}
