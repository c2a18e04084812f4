Console.WriteLine("Rdv.Benchmarks");
