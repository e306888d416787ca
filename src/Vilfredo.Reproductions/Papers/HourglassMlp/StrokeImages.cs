namespace Vilfredo.Reproductions.Papers;

/// <summary>Grey images of ten kinds of pen strokes: fixed skeletons, turned, scaled, sheared, moved and jittered at random, drawn with a pen of random width.</summary>
internal static class StrokeImages
{
    /// <summary>The pixels of a side.</summary>
    public const int Side = 16;

    /// <summary>The pixels of an image.</summary>
    public const int Pixels = Side * Side;

    // Polylines in the unit square, y downwards; strokes of a skeleton one after the other.
    private static readonly (double X, double Y)[][][] Skeletons =
    [
        [[(0.5, 0.15), (0.72, 0.25), (0.8, 0.5), (0.72, 0.75), (0.5, 0.85), (0.28, 0.75), (0.2, 0.5), (0.28, 0.25), (0.5, 0.15)]],
        [[(0.4, 0.25), (0.52, 0.15), (0.52, 0.5), (0.52, 0.85)]],
        [[(0.25, 0.3), (0.4, 0.15), (0.65, 0.18), (0.72, 0.38), (0.5, 0.6), (0.25, 0.85), (0.78, 0.85)]],
        [[(0.25, 0.2), (0.6, 0.15), (0.72, 0.32), (0.48, 0.48), (0.75, 0.65), (0.62, 0.85), (0.25, 0.82)]],
        [[(0.6, 0.15), (0.22, 0.62), (0.8, 0.62)], [(0.62, 0.4), (0.62, 0.7), (0.62, 0.88)]],
        [[(0.72, 0.15), (0.3, 0.15), (0.28, 0.45), (0.6, 0.43), (0.75, 0.62), (0.62, 0.84), (0.26, 0.84)]],
        [[(0.66, 0.15), (0.4, 0.3), (0.27, 0.6), (0.38, 0.83), (0.62, 0.83), (0.7, 0.63), (0.55, 0.5), (0.3, 0.58)]],
        [[(0.22, 0.16), (0.78, 0.16), (0.58, 0.5), (0.42, 0.86)], [(0.34, 0.5), (0.5, 0.5), (0.68, 0.5)]],
        [[(0.5, 0.47), (0.3, 0.32), (0.5, 0.14), (0.7, 0.32), (0.5, 0.47), (0.26, 0.68), (0.5, 0.87), (0.74, 0.68), (0.5, 0.47)]],
        [[(0.7, 0.42), (0.45, 0.5), (0.3, 0.33), (0.45, 0.15), (0.7, 0.2), (0.7, 0.42), (0.66, 0.65), (0.55, 0.87)]],
    ];

    /// <summary>Images with numbers in [0, 1], row by row; their kinds take turns.</summary>
    public static float[] Draw(int count, RandomGenerator random)
    {
        var images = new float[count * Pixels];
        for (var i = 0; i < count; i++)
            Draw(Skeletons[i % Skeletons.Length], images.AsSpan(i * Pixels, Pixels), random);
        return images;
    }

    private static void Draw((double X, double Y)[][] skeleton, Span<float> image, RandomGenerator random)
    {
        var (sine, cosine) = Math.SinCos(8 * Math.PI / 180 * random.NextNormal());
        var (scale, shear) = (random.NextDouble(0.8, 1.1), 0.1 * random.NextNormal());
        var (across, down) = (random.NextDouble(-0.08, 0.08), random.NextDouble(-0.08, 0.08));
        var pen = random.NextDouble(0.04, 0.09);
        var segments = new List<(double X, double Y, double ToX, double ToY)>();
        foreach (var stroke in skeleton)
        {
            (double X, double Y)[] moved = [.. stroke.Select(point => Moved(point.X - 0.5, point.Y - 0.5))];
            for (var i = 1; i < moved.Length; i++)
                segments.Add((moved[i - 1].X, moved[i - 1].Y, moved[i].X, moved[i].Y));
        }

        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            var (x, y) = ((pixel % Side + 0.5) / Side, (pixel / Side + 0.5) / Side);
            var distance = double.PositiveInfinity;
            foreach (var segment in segments)
                distance = Math.Min(distance, Distance(x, y, segment));
            image[pixel] = (float)Math.Clamp(0.5 + (pen - Math.Sqrt(distance)) * Side, 0, 1);
        }

        (double X, double Y) Moved(double x, double y)
        {
            x += shear * y;
            return (0.5 + across + scale * (cosine * x - sine * y) + 0.015 * random.NextNormal(), 0.5 + down + scale * (sine * x + cosine * y) + 0.015 * random.NextNormal());
        }
    }

    /// <summary>The squared distance of a point to a segment.</summary>
    private static double Distance(double x, double y, (double X, double Y, double ToX, double ToY) segment)
    {
        var (dx, dy) = (segment.ToX - segment.X, segment.ToY - segment.Y);
        var length = dx * dx + dy * dy;
        var share = length == 0 ? 0 : Math.Clamp(((x - segment.X) * dx + (y - segment.Y) * dy) / length, 0, 1);
        var (offX, offY) = (x - segment.X - share * dx, y - segment.Y - share * dy);
        return offX * offX + offY * offY;
    }
}
