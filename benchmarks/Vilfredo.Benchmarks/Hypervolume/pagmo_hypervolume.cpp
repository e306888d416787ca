// The hypervolume of pagmo behind a C function, so that the benchmark can call it. With pagmo's development package:
//   g++ -O3 -march=native -shared -fPIC pagmo_hypervolume.cpp -o libpagmo_hypervolume.so -lpagmo -lboost_serialization -ltbb
#include <cstddef>
#include <pagmo/utils/hypervolume.hpp>

// The copy into pagmo's vectors is part of what a caller pays, and is small beside the computation.
extern "C" double pagmo_hypervolume(const double *points, std::size_t count, std::size_t objectives, const double *reference)
{
    std::vector<std::vector<double>> rows(count);
    for (std::size_t i = 0; i < count; ++i)
        rows[i].assign(points + i * objectives, points + (i + 1) * objectives);
    pagmo::hypervolume hypervolume(std::move(rows), false);
    hypervolume.set_copy_points(false);
    return hypervolume.compute(std::vector<double>(reference, reference + objectives));
}
