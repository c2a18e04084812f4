using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Rdv.Local.ServiceProcesses;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class MailCatcherTests
{
    private const string Calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Odette Fictive, été\r\nEND:VCALENDAR\r\n";

    [Fact]
    public async Task An_invite_is_kept_as_it_was_sent_across_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new LocalServicesOptions { DataDirectory = directory.Path };
        string id;
        await using (var services = await LocalServices.StartAsync(options))
        {
            await SendAsync(services.SmtpPort);
            id = (await MailsAsync(services)).ShouldHaveSingleItem().GetProperty("id").GetString()!;
        }

        await using var again = await LocalServices.StartAsync(options);
        (await MailsAsync(again)).ShouldHaveSingleItem().GetProperty("subject").GetString().ShouldBe("Nouveau rendez-vous");
        using var client = new HttpClient();
        using var source = await client.GetStreamAsync(new Uri(again.MailWebUrl!, $"api/email/{id}/download"), TestContext.Current.CancellationToken);
        var mail = await MimeMessage.LoadAsync(source, TestContext.Current.CancellationToken);
        var part = mail.BodyParts.OfType<TextPart>().Single(text => text.ContentType.IsMimeType("text", "calendar"));
        part.ContentType.Parameters["method"].ShouldBe("REQUEST");
        part.Text.ReplaceLineEndings().ShouldBe(Calendar.ReplaceLineEndings());
    }

    private static async Task SendAsync(int port)
    {
        var calendar = new TextPart("calendar") { ContentTransferEncoding = ContentEncoding.Base64 };
        calendar.SetText(Encoding.UTF8, Calendar);
        calendar.ContentType.Parameters["method"] = "REQUEST";
        using var mail = new MimeMessage
        {
            Subject = "Nouveau rendez-vous",
            Body = new MultipartAlternative(new TextPart("plain") { Text = "Bonjour" }, calendar),
        };
        mail.From.Add(MailboxAddress.Parse("rdv@conseillers.example"));
        mail.To.Add(MailboxAddress.Parse("camille@mairie.example"));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None);
        await smtp.SendAsync(mail);
        await smtp.DisconnectAsync(quit: true);
    }

    private static async Task<JsonElement[]> MailsAsync(LocalServices services)
    {
        using var client = new HttpClient();
        var answer = await client.GetFromJsonAsync<JsonElement>(new Uri(services.MailWebUrl!, "api/email"), TestContext.Current.CancellationToken);
        return [.. answer.EnumerateArray()];
    }
}
