using System.Runtime.InteropServices;
using Rdv.Local;
using Rdv.Local.ServiceProcesses;

const int Failed = 1;
const int WrongUse = 2;

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

LocalOptions options;
try
{
    options = CommandLine.Parse(args) with { Notice = Console.Error.WriteLine };
}
catch (LocalStartException exception)
{
    Console.Error.WriteLine(exception.Message);
    return WrongUse;
}

try
{
    Console.WriteLine("Démarrage de Rdv ...");
    await using var app = await LocalApp.StartAsync(options, cancellationToken: stop.Token);
    Console.WriteLine(Banner.Of(app.Addresses, options.DataDirectory!));
    await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    Console.WriteLine("Arrêt : les demandes en cours se terminent, puis les données sont enregistrées ...");
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // Stopped while it was starting: nothing was lost.
}
catch (Exception exception) when (exception is LocalStartException or LocalServicesException)
{
    Console.Error.WriteLine(exception.Message);
    return Failed;
}

Console.WriteLine("Rdv est arrêté.");
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
