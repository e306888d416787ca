// Whole runs of pagmo for the benchmarks `nsga2` and `moead`. With pagmo's development package:
//   g++ -O3 -march=native -std=c++17 pagmo_runs.cpp -o pagmo_runs -lpagmo -lboost_serialization -ltbb
//   pagmo_runs nsga2|moead SEED
// prints lines of problem, settings, seed, evaluations, seconds of processor time, hypervolume (reference point 1.1 in each objective).
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <pagmo/algorithms/moead.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problems/dtlz.hpp>
#include <pagmo/problems/zdt.hpp>
#include <pagmo/utils/hypervolume.hpp>

// The first population counts as a generation and is part of the time.
template <typename Problem, typename Algorithm>
void run(const char *name, const char *settings, const Problem &problem, const Algorithm &algorithm, unsigned size, unsigned generations, unsigned seed)
{
    const std::clock_t start = std::clock();
    pagmo::population population(pagmo::problem(problem), size, seed);
    population = algorithm.evolve(std::move(population));
    const double elapsed = double(std::clock() - start) / CLOCKS_PER_SEC;

    std::vector<std::vector<double>> inside;
    const std::vector<double> reference(population.get_problem().get_nobj(), 1.1);
    for (const auto &f : population.get_f()) {
        bool is_inside = true;
        for (double value : f) is_inside = is_inside && value < 1.1;
        if (is_inside) inside.push_back(f);
    }
    const double volume = inside.empty() ? 0 : pagmo::hypervolume(inside).compute(reference);
    std::printf("%s,%s,%u,%u,%.9f,%.9f\n", name, settings, seed, size * generations, elapsed, volume);
}

int main(int count, char **arguments)
{
    if (count != 3) {
        std::fprintf(stderr, "usage: pagmo_runs nsga2|moead SEED\n");
        return 2;
    }
    const std::string algorithm = arguments[1];
    const auto seed = static_cast<unsigned>(std::atoi(arguments[2]));
    const pagmo::zdt zdt1(1, 30);
    const pagmo::dtlz dtlz2(2, 12, 3);
    if (algorithm == "nsga2") {
        // Crossover, its index, mutation, its index.
        run("ZDT1", "paper", zdt1, pagmo::nsga2(199, 0.9, 20, 1.0 / 30, 20, seed), 100, 200, seed);
        run("ZDT1", "pagmo", zdt1, pagmo::nsga2(199, 0.95, 10, 0.01, 50, seed), 100, 200, seed);
        run("DTLZ2", "paper", dtlz2, pagmo::nsga2(99, 0.9, 20, 1.0 / 12, 20, seed), 200, 100, seed);
        run("DTLZ2", "pagmo", dtlz2, pagmo::nsga2(99, 0.95, 10, 0.01, 50, seed), 200, 100, seed);
        return 0;
    }
    if (algorithm == "moead") {
        run("ZDT1", "paper", zdt1, pagmo::moead(199, "grid", "tchebycheff", 20, 1.0, 0.5, 20, 0.9, 2, true, seed), 100, 200, seed);
        run("DTLZ2", "paper", dtlz2, pagmo::moead(99, "grid", "tchebycheff", 20, 1.0, 0.5, 20, 0.9, 2, true, seed), 210, 100, seed);
        return 0;
    }
    std::fprintf(stderr, "there is no algorithm '%s'\n", algorithm.c_str());
    return 2;
}
