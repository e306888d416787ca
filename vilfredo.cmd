@echo off
rem Runs the vilfredo command of this source tree, from any directory. Builds it first when a source is newer than the
rem last build: into a directory of its own, so that a command that is still running keeps its files.
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"
set "state=%root%\artifacts\launcher"

where dotnet >nul 2>nul
if errorlevel 1 (
    echo vilfredo: the .NET 10 SDK is missing: there is no "dotnet" on the PATH 1>&2
    echo   Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and try again. 1>&2
    exit /b 1
)

call :is_fresh
if errorlevel 1 call :build_alone
if errorlevel 1 exit /b 1

set /p app=<"%state%\current"
dotnet "%state%\%app%\Vilfredo.Cli.dll" %*
exit /b %errorlevel%

rem Fresh when no source is newer than its copy of the last build: "xcopy /l /d" lists what it would copy.
:is_fresh
if not exist "%state%\current" exit /b 1
for /f "delims=" %%f in ('xcopy /l /d /s /y /q "%root%\src" "%state%\sources\src\" ^| findstr /v /r /c:"^0 "') do exit /b 1
for %%f in (Directory.Build.props Directory.Build.targets Directory.Packages.props global.json) do (
    for /f "delims=" %%g in ('xcopy /l /d /y /q "%root%\%%f" "%state%\sources\" ^| findstr /v /r /c:"^0 "') do exit /b 1
)
exit /b 0

rem A second build waits: only one process at a time can redirect into the lock file.
:build_alone
if not exist "%state%" mkdir "%state%"
set "built="
2>nul (
    9>"%state%\lock" (
        call :is_fresh || call :build
        call set "built=%%errorlevel%%"
    )
)
if defined built exit /b %built%
ping -n 2 127.0.0.1 >nul
goto :build_alone

:build
echo building vilfredo ... >con
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
set "DOTNET_NOLOGO=1"
set "next=app-%random%%random%"
rem The copy is taken before the build: a source that changes while it runs counts as newer.
xcopy /d /s /y /q "%root%\src" "%state%\sources.next\src\" >nul
for %%f in (Directory.Build.props Directory.Build.targets Directory.Packages.props global.json) do (
    xcopy /d /y /q "%root%\%%f" "%state%\sources.next\" >nul
)
call :publish true || call :publish false
if errorlevel 1 (
    type "%state%\build.log" >con
    echo vilfredo: the build failed, see above >con
    exit /b 1
)
if exist "%state%\sources" rmdir /s /q "%state%\sources"
move "%state%\sources.next" "%state%\sources" >nul
>"%state%\current" echo %next%
rem A directory whose files are in use cannot be moved; it stays whole until a later build.
for /d %%d in ("%state%\app-*") do if /i not "%%~nxd"=="%next%" (
    move "%%d" "%state%\removed" >nul 2>nul && rmdir /s /q "%state%\removed"
)
exit /b 0

:publish
dotnet publish "%root%\src\Vilfredo.Cli\Vilfredo.Cli.csproj" --configuration Release --output "%state%\%next%" ^
    --use-current-runtime --self-contained false --disable-build-servers --nologo --verbosity quiet ^
    "-p:ArtifactsPath=%state%\build" "-p:PublishReadyToRun=%1" >"%state%\build.log" 2>&1
exit /b %errorlevel%
