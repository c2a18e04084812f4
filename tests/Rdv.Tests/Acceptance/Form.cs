using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Rdv.Tests.Contract;
using Shouldly;

namespace Rdv.Tests.Acceptance;

/// <summary>A form of a page, as a browser without script sends it.</summary>
internal sealed class Form(IElement form)
{
    public string Action => form.GetAttribute("action")!;

    public IEnumerable<string> Choices(string name) => form.QuerySelectorAll($"button[name={name}]").Select(button => button.GetAttribute("value")!);

    public static IDocument Read(Reply reply) => new HtmlParser().ParseDocument(reply.Text);

    /// <summary>The first form that goes to an address.</summary>
    public static Form To(Reply reply, string action) => new(Read(reply).QuerySelector($"form[method=post][action='{action}']").ShouldNotBeNull(reply.Text));

    /// <summary>What the page fills in, and what someone types or touches.</summary>
    public FormUrlEncodedContent With(params (string Name, string Value)[] typed) => new(
        form.QuerySelectorAll("input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))
            .Concat(typed.Select(field => KeyValuePair.Create(field.Name, field.Value))));
}
