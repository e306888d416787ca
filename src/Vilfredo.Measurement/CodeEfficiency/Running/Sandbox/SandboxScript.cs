namespace Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

/// <summary>The shell scripts that shut the door behind a sample, and the command line that runs them (Linux, and in part macOS).</summary>
/// <remarks>
/// The outer script opens the request and the answers, since what is opened before the file system becomes read-only stays writable;
/// <c>unshare</c> makes the namespaces; the inner script, first process of the new process namespace, closes what is left and waits for
/// the sample, so that the sample's parent is a shell that is nothing to anybody.
/// </remarks>
internal static class SandboxScript
{
    /// <summary>The exit code of the inner script when a step that worked before does not work now.</summary>
    public const int BrokenExitCode = 125;

    /// <summary>Processes of the tree that are not the sample's: <c>unshare</c>, the shell, and two more while it prepares.</summary>
    public const int OwnProcesses = 4;

    /// <summary>All steps of the inner script, a letter each.</summary>
    public const string AllSteps = "ICNRDHTP";

    private const string Outer = """exec 3<"$1" 4>>"$2"; shift 2; exec "$@" """;

    private const string Inner = """
        work=$1 bytes=$2 cpu=$3 blocks=$4 space=$5 tasks=$6 steps=$7; shift 7
        limit_ids() { echo 301 > /proc/sys/kernel/pid_max; }
        limit_tasks() { ulimit -u "$tasks" || ulimit -p "$tasks"; }
        forbid_nesting() { echo 0 > /proc/sys/user/max_user_namespaces; }
        make_read_only() {
            while read -r _ directory _ options _; do
                kept=ro
                for option in nosuid nodev noexec noatime nodiratime relatime; do
                    case ",$options," in *",$option,"*) kept=$kept,$option ;; esac
                done
                mount -n -o "remount,bind,$kept" "$(printf '%b' "$directory")" || return 1
            done < "$1"
        }
        own_devices() {
            mount -n -t tmpfs -o size=64k,mode=755,nosuid tmpfs "$work" || return 1
            for device in null zero full random urandom; do
                : > "$work/$device" && mount -n --bind "/dev/$device" "$work/$device" || return 1
            done
            ln -s /proc/self/fd "$work/fd" && mount -n --move "$work" /dev \
                && mount -n -o remount,bind,ro,nosuid /dev
        }
        hide_services() {
            case $(command -v mount) in /run/*) return 1 ;; esac # systems that keep their programs there
            mount -n -t tmpfs -o ro,size=4k,mode=755,nosuid,nodev,noexec tmpfs /run
        }
        read_only() { cp /proc/self/mounts "$work/mounts" && make_read_only "$work/mounts"; }
        temporary() { mount -n -t tmpfs -o "size=$bytes,mode=700,nosuid,nodev" tmpfs "$work"; }
        drop() { setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"; }
        step() {
            case $steps in
            *"$1"*) if "$2" $3 2>/dev/null; then case $steps in '?'*) echo "$1" ;; esac
                    else case $steps in '?'*) ;; *) echo "sandbox: step $1 failed" >&2; exit 125 ;; esac
                    fi ;;
            esac
        }
        step I limit_ids
        step N forbid_nesting
        step R read_only
        step D own_devices
        step H hide_services
        step T temporary
        step P drop true
        step C limit_tasks
        cd "$work" || exit 125
        ulimit -c 0; ulimit -n 256; ulimit -f "$blocks"; ulimit -t "$cpu"
        [ "$space" = 0 ] || ulimit -v "$space"
        case $steps in
        '?'*) exit 0 ;;
        *P*) drop "$@" ;;
        *) "$@" ;;
        esac
        exit $?
        """;

    /// <summary>The arguments of <c>sh</c> that run a command in the sandbox.</summary>
    /// <param name="plan">What this machine offers.</param>
    /// <param name="folder">The folder of the exchange, with an empty folder <c>work</c>, a request and answers.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cpuSeconds">CPU time of each process before the kernel kills it.</param>
    /// <param name="addressSpaceBytes">Address space of each process; 0 for no limit.</param>
    /// <param name="command">The program and its arguments; it finds the request at descriptor 3, and 4 takes its answers.</param>
    public static IReadOnlyList<string> Arguments(
        SandboxPlan plan, ExchangeFolder folder, RunLimits limits, long cpuSeconds, long addressSpaceBytes, IEnumerable<string> command) =>
    [
        "-c", Outer, "sandbox", folder.Request, folder.Answers,
        .. plan.Unshare,
        "/bin/sh", "-c", Inner, "sandbox",
        folder.Work, Text(limits.TemporaryBytes), Text(cpuSeconds), Text(Math.Max(1, limits.FileBytes / 512)),
        Text((addressSpaceBytes + 1023) / 1024), Text(limits.Processes + 64), plan.Steps,
        .. command,
    ];

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
