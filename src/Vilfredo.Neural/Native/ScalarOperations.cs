using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Native;

/// <summary>Operations of tensors with numbers in which the number outlives the call.</summary>
/// <remarks>
/// TorchSharp 0.107 turns a number into a native object with a finalizer and hands its pointer to libtorch; nothing refers to the object during the call, so a collection of garbage at that moment frees it under
/// libtorch's hands. In hours of training that happens ("Expected false to be true", raised from toDouble). Here the object is disposed after the call, and so lives until then.
/// </remarks>
internal static class ScalarOperations
{
    // The factor that the second of two tensors has in their sum, stated or not.
    private static readonly Scalar One = 1;

    /// <summary>t + other. The operator + makes a number too, the factor 1 of its second operand.</summary>
    public static Tensor Plus(this Tensor t, Tensor other) => t.add(other, One);

    /// <summary>t += other, in place.</summary>
    public static Tensor AddTensor(this Tensor t, Tensor other) => t.add_(other, One);

    /// <summary>t *= factor, in place.</summary>
    public static Tensor ScaleBy(this Tensor t, double factor)
    {
        using Scalar scalar = factor;
        return t.mul_(scalar);
    }

    /// <summary>t * factor.</summary>
    public static Tensor Scaled(this Tensor t, double factor)
    {
        using Scalar scalar = factor;
        return t.mul(scalar);
    }

    /// <summary>t / divisor.</summary>
    public static Tensor Over(this Tensor t, double divisor)
    {
        using Scalar scalar = divisor;
        return t.div(scalar);
    }

    /// <summary>t squared. TorchSharp's own makes a number too, the exponent.</summary>
    public static Tensor Squared(this Tensor t) => t.mul(t);

    /// <summary>t += number, in place.</summary>
    public static Tensor AddNumber(this Tensor t, double number)
    {
        using Scalar scalar = number;
        return t.add_(scalar, One);
    }

    /// <summary>t + number.</summary>
    public static Tensor PlusNumber(this Tensor t, double number)
    {
        using Scalar scalar = number;
        return t.add(scalar, One);
    }

    /// <summary>t += factor * other, in place.</summary>
    public static Tensor AddScaled(this Tensor t, Tensor other, double factor)
    {
        using Scalar scalar = factor;
        return t.add_(other, scalar);
    }

    /// <summary>t + factor * other.</summary>
    public static Tensor PlusScaled(this Tensor t, Tensor other, double factor)
    {
        using Scalar scalar = factor;
        return t.add(other, scalar);
    }

    /// <summary>t += factor * a * b, in place.</summary>
    public static Tensor AddProduct(this Tensor t, Tensor a, Tensor b, double factor)
    {
        using Scalar scalar = factor;
        return t.addcmul_(a, b, scalar);
    }

    /// <summary>t += factor * a / b, in place.</summary>
    public static Tensor AddQuotient(this Tensor t, Tensor a, Tensor b, double factor)
    {
        using Scalar scalar = factor;
        return t.addcdiv_(a, b, scalar);
    }

    /// <summary>t with a number where the mask is true.</summary>
    public static Tensor Masked(this Tensor t, Tensor mask, double number)
    {
        using Scalar scalar = number;
        return t.masked_fill(mask, scalar);
    }
}
