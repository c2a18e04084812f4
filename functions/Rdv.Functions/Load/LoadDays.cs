using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Functions.Http;

namespace Rdv.Functions.Load;

/// <summary>The period that is asked for.</summary>
internal static class LoadDays
{
    public static Result<(LocalDate? From, LocalDate? To)> Of(HttpRequest request)
    {
        var errors = new FieldErrors();
        var days = (Values.Day(request, "from", errors), Values.Day(request, "to", errors));
        return errors.Any ? new Refusal.Invalid(errors) : days;
    }
}
