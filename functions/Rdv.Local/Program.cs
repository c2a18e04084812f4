Console.WriteLine("Rdv.Local");
