namespace Rdv.Local;

internal static class Banner
{
    public static string Of(LocalAddresses addresses, string dataDirectory) =>
        $"""

        Rdv est prêt.
          Prendre rendez-vous   {addresses.Site}
          Accueil téléphonique  {addresses.Hotline}
          Conseiller            {addresses.Advisor}
          Structure             {addresses.Structure}
          Démonstration         {addresses.Dev}    (SMS, courriels, horloge)
          API                   {addresses.Api}
          Courriels reçus       {addresses.Mail}
          Tables                {addresses.Tables}
          SMTP                  127.0.0.1:{addresses.SmtpPort}
          Données               {Path.GetFullPath(dataDirectory)}
          Processus             {Environment.ProcessId}
        Ctrl-C pour arrêter.

        """;
}
