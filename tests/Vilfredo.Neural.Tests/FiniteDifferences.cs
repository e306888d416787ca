using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests;

/// <summary>Gradients against central differences, in 64 bits.</summary>
internal static class FiniteDifferences
{
    /// <summary>The first, the middle and the last number of every parameter; a parameter without a gradient must not change the loss.</summary>
    public static void AssertAgree(nn.Module model, Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        loss().backward();
        foreach (var (name, parameter) in model.named_parameters())
        {
            var values = parameter.detach().view(-1).data<double>();
            var gradient = parameter.grad?.reshape(-1).data<double>().ToArray() ?? new double[values.Count];
            foreach (var i in new[] { 0, gradient.Length / 2, gradient.Length - 1 })
            {
                var value = values[i];
                values[i] = value + 1e-5;
                var above = loss().item<double>();
                values[i] = value - 1e-5;
                var below = loss().item<double>();
                values[i] = value;
                Assert.True(Math.Abs((above - below) / 2e-5 - gradient[i]) < 1e-7 + 1e-5 * Math.Abs(gradient[i]), $"{name}[{i}]: {(above - below) / 2e-5} against {gradient[i]}");
            }
        }
    }
}
