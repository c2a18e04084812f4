using Microsoft.AspNetCore.Http;
using Rdv.Functions.Pages;

namespace Rdv.Functions.Http;

/// <summary>What is answered when a function throws: a page to a person, a problem to a program.</summary>
public sealed class Failures(PageResults pages)
{
    /// <summary>Whether it is an outage, or the client's doing: no bug of ours.</summary>
    public static bool IsExpected(Exception exception) => exception is StorageUnavailableException or BadHttpRequestException;

    public IResult AnswerTo(Exception exception, HttpRequest request) => (exception, Asks.ForPage(request)) switch
    {
        (StorageUnavailableException, true) => pages.Busy(),
        (StorageUnavailableException, false) => Problems.Busy(),
        // The client broke off, sent more than the server takes, or what is not HTTP as declared.
        (BadHttpRequestException, true) => pages.Refused(),
        (BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }, false) => Problems.Invalid("body", "La demande est trop longue."),
        (BadHttpRequestException, false) => Problems.Invalid("body", "La demande n'est pas lisible."),
        (_, true) => pages.Failed(),
        (_, false) => Problems.Failed(),
    };
}
