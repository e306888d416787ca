using TorchSharp;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class MuonTests
{
    private readonly RandomGenerator _random = new(1);

    [Theory]
    [InlineData(0.003, 1.110)]
    [InlineData(0.001, 0.471)]
    [InlineData(0.5, null)]
    public void The_iteration_acts_on_the_singular_values_of_a_diagonal_matrix(double small, double? published)
    {
        using var scope = NewDisposeScope();
        // The norm is 1, so that the division by it changes nothing but the seventh digit.
        var large = Math.Sqrt(1 - (small * small));
        var result = NewtonSchulz.Orthogonalize(diag(tensor([large, small])));
        Assert.Equal(Iterated(large), result[0, 0].item<double>(), 1e-5);
        Assert.Equal(Iterated(small), result[1, 1].item<double>(), 1e-5);
        Assert.Equal(0, result[0, 1].item<double>());
        if (published is { } value)
            Assert.Equal(value, result[1, 1].item<double>(), 5e-4);

        static double Iterated(double s)
        {
            for (var i = 0; i < 5; i++)
                s = (3.4445 * s) - (4.7750 * Math.Pow(s, 3)) + (2.0315 * Math.Pow(s, 5));
            return s;
        }
    }

    [Fact]
    public void Values_from_a_hundredth_to_one_end_within_the_documented_band()
    {
        using var scope = NewDisposeScope();
        for (var s = 0.01; s < 1; s += 0.003)
        {
            var result = NewtonSchulz.Orthogonalize(diag(tensor([s, Math.Sqrt(1 - (s * s))])));
            Assert.InRange(result[0, 0].item<double>(), 0.68, 1.14);
        }
    }

    [Theory]
    [InlineData(4, 7)]
    [InlineData(7, 4)]
    [InlineData(5, 5)]
    public void The_convergent_iteration_ends_at_the_polar_factor(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix(rows, columns);
        var (u, _, v) = linalg.svd(matrix, fullMatrices: false);
        var result = NewtonSchulz.Orthogonalize(matrix, 30, NewtonSchulz.ConvergentCoefficients);
        Assert.True(result.allclose(u.matmul(v), 1e-8, 1e-8));
    }

    [Fact]
    public void Transposing_rotating_and_scaling_commute_with_the_iteration()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix(4, 6);
        var (rotation, _) = linalg.qr(Matrix(4, 4));
        var result = NewtonSchulz.Orthogonalize(matrix);
        Assert.True(NewtonSchulz.Orthogonalize(matrix.t()).allclose(result.t(), 1e-10, 1e-10));
        Assert.True(NewtonSchulz.Orthogonalize(rotation.matmul(matrix)).allclose(rotation.matmul(result), 1e-6, 1e-6));
        Assert.True(NewtonSchulz.Orthogonalize(matrix * 1000).allclose(result, 1e-5, 1e-5));
    }

    [Fact]
    public void A_batch_is_orthogonalised_matrix_by_matrix()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Matrix(5, 3), Matrix(5, 3) * 9);
        var batch = NewtonSchulz.Orthogonalize(stack([first, second]));
        Assert.True(batch[0].allclose(NewtonSchulz.Orthogonalize(first), 1e-10, 1e-12));
        Assert.True(batch[1].allclose(NewtonSchulz.Orthogonalize(second), 1e-10, 1e-12));
    }

    [Fact]
    public void A_zero_matrix_stays_zero_and_a_vector_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, NewtonSchulz.Orthogonalize(zeros(3, 2)).abs().sum().item<float>());
        Assert.Throws<ArgumentException>(() => NewtonSchulz.Orthogonalize(zeros(3)));
    }

    [Theory]
    [InlineData(true, MuonScale.RowsOverColumns, 1.2247448713915890)]
    [InlineData(false, MuonScale.MatchAdamW, 0.3464101615137755)]
    [InlineData(true, MuonScale.None, 1)]
    public void Two_steps_follow_the_definition(bool nesterov, MuonScale scale, double factor)
    {
        using var scope = NewDisposeScope();
        var weight = Matrix(3, 2).requires_grad_();
        using var optimizer = new Muon(OptimizerTests.Group(weight, 0.1, 0.5), new() { Momentum = 0.9, Nesterov = nesterov, Scale = scale });
        var expected = weight.detach().clone();
        var momentum = zeros_like(expected);
        for (var i = 0; i < 2; i++)
        {
            var gradient = Matrix(3, 2);
            momentum = (0.9 * momentum) + (0.1 * gradient);
            var update = nesterov ? (0.1 * gradient) + (0.9 * momentum) : momentum;
            expected = (expected * (1 - (0.05 * 0.7))) - (0.07 * factor * NewtonSchulz.Orthogonalize(update));
            OptimizerTests.Step(optimizer, weight, gradient.reshape(-1).data<double>().ToArray(), 0.7);
            Assert.True(weight.allclose(expected, 1e-9, 1e-12));
        }
    }

    [Fact]
    public void The_spectral_norm_of_a_step_is_bounded_whatever_the_gradient()
    {
        using var scope = NewDisposeScope();
        foreach (var size in new[] { 1e-6, 1, 1e6 })
        {
            var weight = zeros(6, 4, dtype: ScalarType.Float64, requires_grad: true);
            using var optimizer = new Muon(OptimizerTests.Group(weight, 0.1), new() { Scale = MuonScale.None });
            OptimizerTests.Step(optimizer, weight, (Matrix(6, 4) * size).reshape(-1).data<double>().ToArray());
            Assert.InRange(linalg.norm(weight.detach(), ord: 2, dims: [0, 1]).item<double>(), 0.05, 0.1 * 1.2025);
        }
    }

    [Fact]
    public void Kernels_of_convolutions_are_taken_as_matrices()
    {
        using var scope = NewDisposeScope();
        var gradient = Matrix(3, 8);
        var kernel = zeros(3, 2, 2, 2, dtype: ScalarType.Float64, requires_grad: true);
        using var optimizer = new Muon(OptimizerTests.Group(kernel, 1), new() { Momentum = 0 });
        OptimizerTests.Step(optimizer, kernel, gradient.reshape(-1).data<double>().ToArray());
        Assert.True(kernel.detach().view(3, 8).allclose(-NewtonSchulz.Orthogonalize(gradient), 1e-9, 1e-12));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_decoder_is_divided_into_projections_and_the_rest(bool tied)
    {
        using var model = new Decoder(new() { VocabSize = 19, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, TieWordEmbeddings = tied });
        var partition = MuonPartition.Of(model);
        Assert.Equal(2 * 7, partition.Hidden.Count);
        Assert.All(partition.Hidden, one => Assert.EndsWith("_proj.weight", one.Name, StringComparison.Ordinal));
        Assert.Equal((tied ? 1 : 2) + (2 * 2) + 1, partition.Rest.Count);
        Assert.Equal(ParameterGroup.Of(model, 1).Sum(group => group.Parameters.Count), partition.Hidden.Count + partition.Rest.Count);
        Assert.Contains("14 tensors", partition.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_a_partitions_sides_may_be_empty()
    {
        using var norm = nn.LayerNorm(4);
        using var adam = MuonPartition.Of(norm).Optimizer(0.02, 0.001);
        Assert.IsType<AdamW>(adam);
        using var linear = nn.Linear(4, 3, hasBias: false);
        using var muon = MuonPartition.Of(linear).Optimizer(0.02, 0.001);
        Assert.IsType<Muon>(muon);
    }

    [Fact]
    public void Contradicting_arguments_are_refused()
    {
        using var vector = OptimizerTests.Weight(1, 2);
        using var matrix = zeros(2, 2, requires_grad: true);
        Assert.Contains("'w' has 1 dimensions", Assert.Throws<ArgumentException>(() => new Muon(OptimizerTests.Group(vector, 1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Muon(OptimizerTests.Group(matrix, 1), new() { Iterations = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Muon(OptimizerTests.Group(matrix, 1), new() { Scale = (MuonScale)9 }));
        using var sgd = new Sgd(OptimizerTests.Group(matrix, 1));
        Assert.Throws<ArgumentException>(() => new CombinedOptimizer(sgd, sgd));
        Assert.Throws<ArgumentException>(() => new CombinedOptimizer());
    }

    private Tensor Matrix(int rows, int columns) =>
        tensor(Enumerable.Range(0, rows * columns).Select(_ => _random.NextNormal()).ToArray()).view(rows, columns);
}
