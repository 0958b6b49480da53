/* SPDX-License-Identifier: BSD-2-Clause
 * Guest: connects to greeting@1 and repeats loudly what it was told. */
#include <sel4ish/client.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <greeting.h>

int main(void)
{
    struct sel4ish_connection c;
    char loud[GREETING_TEXT];

    if (sel4ish_connect("greeting", &c) != seL4_NoError)
        sel4ish_stop("nobody greets");

    const struct greeting *page = sel4ish_base(&c);
    const char *text = sel4ish_data(&c, page->text, GREETING_TEXT, 1);
    greeting_shout_routine *shout = (greeting_shout_routine *)sel4ish_routine(&c, page->shout);

    if (!text || !shout)
        sel4ish_stop("greeting@1 points outside its connection");
    shout(loud, text);
    log_line("%s (visit %u)", loud, (unsigned)page->visit);
    sel4ish_release(&c);
}
