using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rdv.Benchmarks.Http
{
    /// <summary>Lets another process of .NET tell what it has allocated: it loads this program as its startup hook, and answers on a port.</summary>
    internal static class HeapReport
    {
        private const string Hooks = "DOTNET_STARTUP_HOOKS";
        private const string Port = "RDV_HEAP_PORT";

        /// <summary>What is started from now on answers on that port.</summary>
        public static int Announce()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            Environment.SetEnvironmentVariable(Hooks, typeof(HeapReport).Assembly.Location);
            Environment.SetEnvironmentVariable(Port, port.ToString(CultureInfo.InvariantCulture));
            return port;
        }

        public static void Withdraw()
        {
            Environment.SetEnvironmentVariable(Hooks, null);
            Environment.SetEnvironmentVariable(Port, null);
        }

        public static void Answer()
        {
            var listener = new TcpListener(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(Port)!, CultureInfo.InvariantCulture));
            listener.Start();
            while (true)
            {
                using var client = listener.AcceptTcpClient();
                client.GetStream().Write(Encoding.ASCII.GetBytes($"{GC.GetTotalAllocatedBytes()} {GC.CollectionCount(2)}"));
            }
        }
    }
}

#pragma warning disable CA1050 // The runtime looks for it by this name, without a namespace.
/// <summary>What the runtime calls before the program that loads this one.</summary>
internal static class StartupHook
{
    public static void Initialize() => new Thread(Rdv.Benchmarks.Http.HeapReport.Answer) { IsBackground = true }.Start();
}
#pragma warning restore CA1050
