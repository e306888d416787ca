"""Runs pymoo for the benchmark `quality`, which measures the hypervolume of what this prints.

    python3 pymoo_runs.py --algorithms nsga2,nsga3 --problems ZDT1,DTLZ2 --seeds 1-31 > runs.csv

pymoo is not part of the project: install it, or put a copy on PYTHONPATH. Algorithms run with pymoo's own default operators. A line is a
run: problem, algorithm, seed, evaluations, seconds of processor time, the decisions of the first point of the final population, and the
objectives of all its points; the numbers of the last two are separated by blanks.
"""

import argparse
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")

from pymoo.core.problem import Problem  # noqa: E402
from pymoo.optimize import minimize  # noqa: E402
from pymoo.problems import get_problem  # noqa: E402
from pymoo.util.ref_dirs import get_reference_directions  # noqa: E402

GENERATIONS = {"DTLZ1": 400, "DTLZ2": 250, "DTLZ3": 600, "DTLZ4": 250, "DTLZ6": 400, "DTLZ7": 250}
DEFAULT_GENERATIONS = 200


class RealWorld(Problem):
    """A design of the suite of Tanabe and Ishibuchi (2020); the violations of its limits sum to the last objective."""

    def __init__(self, lower, upper, objectives, formula):
        super().__init__(n_var=len(lower), n_obj=objectives, xl=np.array(lower, float), xu=np.array(upper, float))
        self.formula = formula

    def _evaluate(self, x, out, *args, **kwargs):
        f, slacks = self.formula(*x.T)
        if slacks:
            f = [*f, sum(np.maximum(0, -slack) for slack in slacks)]
        out["F"] = np.column_stack(f)


def four_bar_truss(x1, x2, x3, x4):
    root = np.sqrt(2)
    volume = 200 * (2 * x1 + root * x2 + np.sqrt(x3) + x4)
    return [volume, 0.01 * (2 / x1 + 2 * root / x2 - 2 * root / x3 + 2 / x4)], []


def hatch_cover(flange, height):
    bending = 4500 / (flange * height)
    deflection = 56.2e4 / (700_000 * flange * height**2)
    limits = [1 - bending / 700, 1 - 1800 / height / 450, 1 - deflection / 1.5, 1 - bending / (7000 * flange**2)]
    return [flange + 120 * height], limits


def disc_brake(inner, outer, force, surfaces):
    squares, cubes = outer**2 - inner**2, outer**3 - inner**3
    time_to_stop = 9.82e6 * squares / (force * surfaces * cubes)
    limits = [
        outer - inner - 20,
        0.4 - force / (3.14 * squares),
        1 - 2.22e-3 * force * cubes / squares**2,
        2.66e-2 * force * surfaces * cubes / squares - 900,
    ]
    return [4.9e-5 * squares * (surfaces - 1), time_to_stop], limits


def vehicle_crash(x1, x2, x3, x4, x5):
    mass = 1640.2823 + 2.3573285 * x1 + 2.3220035 * x2 + 4.5688768 * x3 + 7.7213633 * x4 + 4.4559504 * x5
    acceleration = (
        6.5856 + 1.15 * x1 - 1.0427 * x2 + 0.9738 * x3 + 0.8364 * x4 - 0.3695 * x1 * x4 + 0.0861 * x1 * x5
        + 0.3628 * x2 * x4 - 0.1106 * x1**2 - 0.3437 * x3**2 + 0.1764 * x4**2
    )
    intrusion = (
        -0.0551 + 0.0181 * x1 + 0.1024 * x2 + 0.0421 * x3 - 0.0073 * x1 * x2 + 0.024 * x2 * x3 - 0.0118 * x2 * x4
        - 0.0204 * x3 * x4 - 0.008 * x3 * x5 - 0.0241 * x2**2 + 0.0109 * x4**2
    )
    return [mass, acceleration, intrusion], []


REAL_WORLD = {
    "RE21": lambda: RealWorld([1, np.sqrt(2), np.sqrt(2), 1], [3] * 4, 2, four_bar_truss),
    "RE24": lambda: RealWorld([0.5, 0.5], [4, 50], 2, hatch_cover),
    "RE33": lambda: RealWorld([55, 75, 1000, 11], [80, 110, 3000, 20], 3, disc_brake),
    "RE34": lambda: RealWorld([1] * 5, [3] * 5, 3, vehicle_crash),
}


def problem_of(name):
    if name in REAL_WORLD:
        return REAL_WORLD[name]()
    if name.startswith("WFG"):
        return get_problem(name.lower(), n_var=24, n_obj=2, k=4)
    if name.startswith("DTLZ"):
        return get_problem(name.lower(), n_var={"DTLZ1": 7, "DTLZ7": 22}.get(name, 12), n_obj=3)
    return get_problem(name.lower())


def algorithm_of(name, objectives):
    size = 100 if objectives == 2 else 92
    directions = get_reference_directions("das-dennis", objectives, n_partitions=99 if objectives == 2 else 12)
    if name == "nsga2":
        from pymoo.algorithms.moo.nsga2 import NSGA2

        return NSGA2(pop_size=size)
    if name == "nsga3":
        from pymoo.algorithms.moo.nsga3 import NSGA3

        return NSGA3(directions, pop_size=size)
    if name == "unsga3":
        from pymoo.algorithms.moo.unsga3 import UNSGA3

        return UNSGA3(directions, pop_size=size)
    if name == "moead":
        from pymoo.algorithms.moo.moead import MOEAD

        return MOEAD(directions)
    if name == "smsemoa":
        from pymoo.algorithms.moo.sms import SMSEMOA

        return SMSEMOA(pop_size=size)
    if name == "spea2":
        from pymoo.algorithms.moo.spea2 import SPEA2

        return SPEA2(pop_size=size)
    if name == "rvea":
        from pymoo.algorithms.moo.rvea import RVEA

        return RVEA(directions, pop_size=size)
    if name == "agemoea2":
        from pymoo.algorithms.moo.age2 import AGEMOEA2

        return AGEMOEA2(pop_size=size)
    raise SystemExit(f"there is no algorithm '{name}'")


def numbers(values):
    return " ".join(repr(float(value)) for value in np.ravel(values))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--algorithms", required=True)
    parser.add_argument("--problems", required=True)
    parser.add_argument("--seeds", default="1-31")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split("-"))
    for seed in range(first, last + 1):
        for algorithm in options.algorithms.split(","):
            for name in options.problems.split(","):
                problem = problem_of(name)
                optimizer = algorithm_of(algorithm, problem.n_obj)
                start = time.process_time()
                result = minimize(problem, optimizer, ("n_gen", GENERATIONS.get(name, DEFAULT_GENERATIONS)), seed=seed)
                seconds = time.process_time() - start
                population = result.algorithm.pop
                print(
                    name, algorithm, seed, result.algorithm.evaluator.n_eval, f"{seconds:.3f}",
                    numbers(population[0].X), numbers(population.get("F")), sep=",", flush=True,
                )


if __name__ == "__main__":
    main()
