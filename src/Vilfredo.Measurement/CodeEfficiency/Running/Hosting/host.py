"""Runs calls of a sample and measures them: the counterpart of Vilfredo.CodeHost for Python. See HostProtocol for the words used."""
import gc
import json
import math
import os
import signal
import sys
import time


def encode(value, depth=0):
    """What a sample returned, as JSON values with tags for what JSON lacks."""
    if depth > 200:
        raise TypeError("the output is nested more than 200 deep")
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"$float": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, (list, tuple)):
        return [encode(item, depth + 1) for item in value]
    if isinstance(value, (set, frozenset)):
        return {"$set": [encode(item, depth + 1) for item in value]}
    if isinstance(value, dict):
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: encode(item, depth + 1) for key, item in value.items()}
        return {"$map": [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in value.items()]}
    if hasattr(value, "__next__") or isinstance(value, (range, type({}.keys()), type({}.values()), type({}.items()))):
        return [encode(item, depth + 1) for item in value]
    raise TypeError("the output holds a %s, which is not a value that can be compared" % type(value).__name__)


def decode(value):
    """An argument."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, dict):
        if "$float" in value:
            return float(value["$float"])
        if "$set" in value:
            return {freeze(decode(item)) for item in value["$set"]}
        if "$map" in value:
            return {freeze(decode(key)): decode(item) for key, item in value["$map"]}
        return {key: decode(item) for key, item in value.items()}
    return value


def freeze(value):
    return tuple(freeze(item) for item in value) if isinstance(value, list) else value


def serve(request, answer):
    limits = request["cpuLimit"], request["wallLimit"]
    def prepare(arguments):
        # A fresh module for every run: nothing of an earlier one is left in its globals.
        module = {"__name__": "sample", "__builtins__": __builtins__}
        exec(code, module)
        if request["method"] not in module:
            raise NameError("there is no function '%s'" % request["method"])
        function = module[request["method"]]
        return function, decode(arguments)

    def once(function, arguments):
        if not request["prepared"]:
            gc.collect()
        gc.disable()
        try:
            wall, process, thread = time.perf_counter(), time.process_time(), time.thread_time()
            result = function(*arguments)
            if hasattr(result, "__next__"):
                result = list(result)
            thread, process, wall = time.thread_time() - thread, time.process_time() - process, time.perf_counter() - wall
        finally:
            gc.enable()
        return result, [thread, process, wall, None]

    def watch(start):
        # The default action of both signals ends the process; no handler of Python has to run.
        for timer, number, limit in ((signal.ITIMER_PROF, signal.SIGPROF, limits[0]), (signal.ITIMER_REAL, signal.SIGALRM, limits[1])):
            signal.signal(number, signal.SIG_DFL)
            signal.setitimer(timer, limit if start else 0)

    answer({"ready": "Python " + sys.version.split()[0]})
    try:
        code = compile(request["source"], "sample.py", "exec")
    except (SyntaxError, ValueError) as e:
        answer({"compile": "%s: %s" % (type(e).__name__, e)})
        return
    for index, arguments in enumerate(request["calls"]):
        answer({"begin": index})
        try:
            runs, output = [], None
            watch(True)
            made = [prepare(arguments) for _ in range(request["prepared"])]
            for i in range(-request["warmup"], request["repeats"]):
                watch(True)
                result, run = once(*(made.pop() if made else prepare(arguments)))
                watch(False)
                if i >= 0:
                    runs.append(run)
                if i == 0:
                    output = encode(result)
            answer({"call": index, "output": output, "runs": runs})
        except BaseException as e:
            watch(False)
            if isinstance(e, (SystemExit, KeyboardInterrupt)):
                raise
            answer({"call": index, "error": type(e).__name__, "message": str(e)[:1000]})
    answer({"done": True})


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    answers = open(sys.argv[2], "ab", buffering=0)
    for name in sys.argv[1:]:
        if name.startswith("/dev/fd/"):
            os.close(int(name[8:]))
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)  # outputs may be long numbers

    def answer(line):
        # Plain writes, so that a line is in the file whatever happens next.
        answers.write(json.dumps(line, allow_nan=False).encode() + b"\n")

    serve(request, answer)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
