using System.Runtime.InteropServices;

namespace Vilfredo.Studies.Execution;

/// <summary>The error numbers of a failed start, in words that name the likely cause. The same values on Linux and macOS.</summary>
internal static class ErrorNumber
{
    private const int NotFound = 2;
    private const int TooLong = 7;
    private const int NotAProgram = 8;
    private const int TryAgain = 11;
    private const int OutOfMemory = 12;
    private const int PermissionDenied = 13;
    private const int TextBusy = 26;
    private const int TryAgainMacOS = 35;

    public static string Describe(int error, string program) => error switch
    {
        NotFound => $"'{program}' is there, but the interpreter that its first line or its header names is not",
        TooLong => "the arguments and environment together are longer than the system allows; pass long values through a file",
        NotAProgram => $"'{program}' is neither a program of this machine nor a script with a '#!' line",
        PermissionDenied => $"'{program}' may not be executed (permissions, or a file system mounted noexec)",
        TextBusy => $"'{program}' is still open for writing in some process",
        TryAgain or TryAgainMacOS => "the limit on processes of this user is reached; run fewer trials in parallel",
        OutOfMemory => "the system has no memory for another process",
        _ => Marshal.GetPInvokeErrorMessage(error),
    };
}
