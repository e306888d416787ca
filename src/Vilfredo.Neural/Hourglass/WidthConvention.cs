namespace Vilfredo.Neural.Hourglass;

/// <summary>What the widths of a residual network make it.</summary>
public enum WidthConvention
{
    /// <summary>Every block is narrower than the skip connection: wide, narrow, wide.</summary>
    Hourglass,

    /// <summary>Every block is wider than the skip connection: narrow, wide, narrow.</summary>
    Conventional,

    /// <summary>Neither.</summary>
    Mixed,
}
