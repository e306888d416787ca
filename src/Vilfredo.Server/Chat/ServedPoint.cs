using Vilfredo.Inference.Running;
using Vilfredo.Inference.Serving;
using Vilfredo.Server.Drift;

namespace Vilfredo.Server.Chat;

/// <summary>A point that can answer: what was measured of it, its strategy, and whether it still behaves as measured.</summary>
internal sealed record ServedPoint(ServingPoint Measured, InferenceStrategy Strategy, PointDrift Drift);
