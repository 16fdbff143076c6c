/**
 * Paper as it is drawn: marks at places on a sheet, written as PDF or as ZPL. It is our own and small, because a function must not carry a
 * library of megabytes for some lines of text, and because such libraries leave out silently what their font lacks. Here nothing is left
 * out: a text that {@link waybill.documents.paper.TrueType} cannot draw is drawn by {@link waybill.documents.paper.Pixels}.
 */
package waybill.documents.paper;
